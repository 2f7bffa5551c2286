const isText = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/**
 * The path of the first text within a value that a database cannot store unchanged, or `undefined` if there is none: PostgreSQL refuses
 * NUL, and every database replaces half a surrogate pair by another character.
 */
export const brokenText = (value: unknown, path = ''): string | undefined => {
  if (typeof value === 'string') return isText(value) ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = isText(key) ? brokenText(part, path ? `${path}.${key}` : key) : path;
    if (found !== undefined) return found;
  }
  return undefined;
};

const isText = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/**
 * Where in a value the first text is that cannot be kept as it is, as a path: PostgreSQL refuses NUL, and half a surrogate pair
 * comes back from any database as another character. `undefined` when there is none.
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

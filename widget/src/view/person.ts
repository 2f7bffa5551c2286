/** Up to two letters that stand for a name: initials of first and last word, or the last two of a Chinese name. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '') return '?';
  if (/^\p{Script=Han}+$/u.test(trimmed)) return [...trimmed].slice(-2).join('');
  const words = trimmed.split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** A number from 0 to 5, always the same for a participant, for the colour of the avatar. */
export function hue(clientId: number): number {
  return Math.abs(clientId) % 6;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** The characters of a text as people see them: a flag or a family is one. */
const characters = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Up to two letters that stand for a name: initials of first and last word, or the last two of a Chinese name. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '') return '?';
  if (/^\p{Script=Han}+$/u.test(trimmed)) return characters(trimmed).slice(-2).join('');
  const words = trimmed.split(/\s+/);
  const [first = ''] = characters(words[0] ?? '');
  const [last = ''] = words.length > 1 ? characters(words.at(-1) ?? '') : [];
  return (first + last).toLocaleUpperCase();
}

/** A number from 0 to 5, always the same for a participant, for the colour of the avatar. */
export function hue(clientId: number): number {
  return Math.abs(clientId) % 6;
}

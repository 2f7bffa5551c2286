export type TextParams = Record<string, string | number>;

/** Hebrew, Arabic and other letters that run from right to left, and characters that set a direction. */
const turning =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Keeps the direction of a name from turning the sentence around it: both languages run from left to right. */
const isolated = (text: string): string =>
  turning.test(text) ? `\u2068${text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069` : text;

/** Inserts parameters into a text: as they are, isolated from the sentence where they run in another direction. */
export function fill(text: string, params: TextParams = {}): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => isolated(String(params[name] ?? placeholder)));
}

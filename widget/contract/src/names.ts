const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/**
 * Invisible characters, and those that change the direction of the text after them. The joiners U+200C and U+200D stay: scripts
 * and emoji need them.
 */
const unseen = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** NUL stays, so that the check of texts can refuse it. */
const keepNul = (char: string): string => (char === '\0' ? char : '');
/** A visible letter, number, symbol or punctuation mark. Braille's blank U+2800 is none. */
const seen = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}\p{Co}]/u;

/**
 * A name as it is stored: on one line, without invisible characters and without those that change the direction of the text. A
 * name without any visible character becomes empty.
 */
export const plainName = (name: string): string => {
  const plain = name.replace(lineBreaks, ' ').replace(unseen, keepNul).trim();
  return seen.test(plain) ? plain : '';
};

/** Longest name of a file, in characters. */
export const longestFileName = 200;
/** Characters that some file systems do not allow in a name. */
const forbidden = /[<>:"|?*]/g;

/**
 * The name of a file as it is stored: like {@link plainName}, without folders and with `_` for characters that a file's name cannot
 * contain. Empty when nothing is left.
 */
export const plainFileName = (name: string): string => {
  const plain = plainName((name.split(/[/\\]/).at(-1) ?? '').replace(forbidden, '_'));
  return /^\.*$/.test(plain) ? '' : plain;
};

const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/**
 * Characters that cannot be seen, and those that turn the direction of what follows. The joiners U+200C and U+200D stay: scripts
 * and emoji need them.
 */
const unseen = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** NUL is left for the check of texts, which refuses it. */
const keepNul = (char: string): string => (char === '\0' ? char : '');
/** A letter, number, sign or mark of punctuation that leaves ink. Braille's blank U+2800 does not. */
const seen = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}\p{Co}]/u;

/**
 * A name as it is stored: on one line, without characters that hide or that turn the text around it. A name in which nothing
 * can be seen becomes empty.
 */
export const plainName = (name: string): string => {
  const plain = name.replace(lineBreaks, ' ').replace(unseen, keepNul).trim();
  return seen.test(plain) ? plain : '';
};

/** Longest name of a file, in characters. */
export const longestFileName = 200;
/** What no file system, or not every one, takes in a name. */
const forbidden = /[<>:"|?*]/g;

/**
 * The name of a file as it is stored: without folders and characters that hide, turn the text around it, or cannot be in a file's name. Empty
 * when nothing is left.
 */
export const plainFileName = (name: string): string => {
  const plain = plainName((name.split(/[/\\]/).at(-1) ?? '').replace(forbidden, '_'));
  return /^\.*$/.test(plain) ? '' : plain;
};

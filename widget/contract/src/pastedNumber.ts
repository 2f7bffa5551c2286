/** Ten digits, perhaps with a space, a dot or a dash between them, and no further digit beside them. */
const tenDigits = /(?<!\d)\d(?:[\s.\-\u2010-\u2015]?\d){9}(?!\d)/;
const tenTogether = /(?<!\d)\d{10}(?!\d)/;
const anyNumber = /\d+(?:[\s\-\u2010-\u2015]\d+)*/g;
const digitsOf = (text: string): string => text.replace(/\D/g, '');

const numberIn = (text: string): string | undefined => {
  const code = (tenTogether.exec(text) ?? tenDigits.exec(text))?.[0];
  if (code) return digitsOf(code);
  const [only, ...others] = text.match(anyNumber) ?? [];
  return only && others.length === 0 && !/^\s*-\d/.test(text) ? digitsOf(only) : undefined;
};

/** Pasted text with full-width digits as plain digits and without invisible characters. */
const plain = (text: string): string =>
  text.normalize('NFKC').replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');

/**
 * The number of a room or a meeting in an invitation as people paste it: with a label before it, in groups, in full-width digits,
 * as a link inside a sentence, with a full stop or a bracket after it. `undefined` where there is none, or where several could
 * be meant. `key`: the parameter of the link that carried it.
 */
export const pastedNumber = (text: string): { number: string; key: 'code' | 'rd' | undefined } | undefined => {
  const given = plain(text.slice(0, 2000));
  const link = /[?&](code|rd)=([^&]*)/i.exec(given);
  if (!link) {
    const number = numberIn(given);
    return number === undefined ? undefined : { number, key: undefined };
  }
  const value = (link[2] ?? '').replace(/%20|\+/g, ' ');
  const [leading] = /^\s*\d+/.exec(value) ?? [];
  const ten = (tenTogether.exec(value) ?? tenDigits.exec(value))?.[0];
  const number = digitsOf(ten ?? leading ?? '') || numberIn(value);
  return number ? { number, key: link[1]?.toLowerCase() as 'code' | 'rd' } : undefined;
};

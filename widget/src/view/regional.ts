import type { Locale } from '@meetframe/contract';

/**
 * The locale for times and numbers: the browser's, such as `en-GB`, if it has the language of the interface, otherwise
 * that language.
 */
export const regionalLocale = (locale: Locale, languages: readonly string[]): string =>
  languages.find((language) => language.split('-')[0] === locale.split('-')[0]) ?? locale;

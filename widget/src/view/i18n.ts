import type { Locale } from '@meetframe/contract';
import { signal } from '@preact/signals';
import en from '../locales/en.json';
import type { TextKey } from '../locales/every.ts';
import zhCN from '../locales/zh-CN.json';
import { ownText, type ReadLook } from '../model/look.ts';
import { fill, type TextParams } from './fill.ts';

export type { TextKey };
/**
 * Gives the text of a key in the current language; a component that calls it while rendering renders again on a change.
 */
export type Translate = (key: TextKey, params?: TextParams) => string;

const dictionaries: Record<Locale, Partial<Record<TextKey, string>>> = { en: { ...en }, 'zh-CN': { ...zhCN } };

/** Counts the additions, so that what is shown already gets its texts, too. */
const additions = signal(0);

/** Adds the texts of a part that is loaded later: `leftTexts.ts`, `meetingTexts.ts` and the like. */
export const addTexts = (more: typeof dictionaries): void => {
  for (const locale of ['en', 'zh-CN'] as const) Object.assign(dictionaries[locale], more[locale]);
  additions.value++;
};

/** The name of each language in that language, for a list of languages. */
export const localeNames: Record<Locale, string> = { 'zh-CN': '简体中文', en: 'English' };

export function translate(locale: Locale, key: TextKey, params?: TextParams): string {
  return fill(dictionaries[locale][key] ?? key, params);
}

/** With the page's own texts, where it has some. */
export function createTranslate(look: ReadLook): Translate {
  return (key, params) => {
    additions.value;
    const own = ownText(look, key);
    return own ? fill(own, params) : translate(look.locale.value, key, params);
  };
}

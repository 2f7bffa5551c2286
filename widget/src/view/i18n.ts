import type { Locale } from '@meetframe/contract';
import type { ReadonlySignal } from '@preact/signals';
import en from '../locales/en.json';
import zhCN from '../locales/zh-CN.json';

export type TextKey = keyof typeof en;
export type TextParams = Record<string, string | number>;
/**
 * Gives the text of a key in the current language; a component that calls it while rendering renders again on a change.
 */
export type Translate = (key: TextKey, params?: TextParams) => string;

const dictionaries: Record<Locale, Record<TextKey, string>> = { en, 'zh-CN': zhCN };

/** The name of each language in that language, for a list of languages. */
export const localeNames: Record<Locale, string> = { 'zh-CN': '简体中文', en: 'English' };

/** Inserts parameters into a text, unchanged. */
export function fill(text: string, params: TextParams = {}): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));
}

export function translate(locale: Locale, key: TextKey, params?: TextParams): string {
  return fill(dictionaries[locale][key], params);
}

export function createTranslate(locale: ReadonlySignal<Locale>): Translate {
  return (key, params) => translate(locale.value, key, params);
}

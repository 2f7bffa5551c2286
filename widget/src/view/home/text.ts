import type { Locale } from '@meetframe/contract';
import type { ReadonlySignal } from '@preact/signals';
import en from '../../locales/home.en.json';
import zhCN from '../../locales/home.zh-CN.json';
import { fill, type TextKey, type TextParams, translate } from '../i18n.ts';

/** The texts of the home screen, which are loaded with it, and those that it shares with the meeting. */
export type HomeTextKey = keyof typeof en | TextKey;
export type HomeTranslate = (key: HomeTextKey, params?: TextParams) => string;
/** A text that has yet to be put into the language of the moment. */
export type Text = { key: HomeTextKey; params?: TextParams };

const dictionaries: Record<Locale, Record<string, string>> = { en, 'zh-CN': zhCN };

export const createHomeTranslate =
  (locale: ReadonlySignal<Locale>): HomeTranslate =>
  (key, params) => {
    const own = dictionaries[locale.value][key as string];
    return own === undefined ? translate(locale.value, key as TextKey, params) : fill(own, params);
  };

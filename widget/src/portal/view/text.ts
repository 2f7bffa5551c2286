import type { Locale } from '@meetframe/contract';
import type { ReadonlySignal } from '@preact/signals';
import { fill, type TextParams } from '../../view/fill.ts';
import { type TextKey, translate } from '../../view/i18n.ts';
import en from '../locales/en.json';
import zhCN from '../locales/zh-CN.json';

/** The texts of the home screen, which are loaded with it, and the texts that it shares with the meeting. */
export type PortalTextKey = keyof typeof en | TextKey;
/** A text that is not translated yet: its key and parameters. */
export type Text = { key: PortalTextKey; params?: TextParams };
export type PortalTranslate = (text: PortalTextKey | Text, params?: TextParams) => string;

const dictionaries: Record<Locale, Record<string, string>> = { en, 'zh-CN': zhCN };

export const createPortalTranslate =
  (locale: ReadonlySignal<Locale>): PortalTranslate =>
  (text, given) => {
    const { key, params }: Text = typeof text === 'string' ? { key: text, ...(given && { params: given }) } : text;
    const own = dictionaries[locale.value][key];
    return own === undefined ? translate(locale.value, key as TextKey, params) : fill(own, params);
  };

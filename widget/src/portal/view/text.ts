import type { Locale } from '@meetframe/contract';
import type { ReadonlySignal } from '@preact/signals';
import { fill, type TextParams } from '../../view/fill.ts';
import { type TextKey, translate } from '../../view/i18n.ts';
import type appointmentTexts from '../locales/appointment.en.json';
import en from '../locales/en.json';
import zhCN from '../locales/zh-CN.json';

/** The texts of the home screen, those that are loaded with a part of it, and those that it shares with the meeting. */
export type PortalTextKey = keyof typeof en | keyof typeof appointmentTexts | TextKey;
/** A text that is not translated yet: its key and parameters. */
export type Text = { key: PortalTextKey; params?: TextParams };
export type PortalTranslate = (text: PortalTextKey | Text, params?: TextParams) => string;

const dictionaries: Record<Locale, Record<string, string>> = { en: { ...en }, 'zh-CN': { ...zhCN } };

/** Adds the texts of a part that is loaded later, before it is shown. */
export const addPortalTexts = (more: typeof dictionaries): void => {
  for (const locale of ['en', 'zh-CN'] as const) Object.assign(dictionaries[locale], more[locale]);
};

export const createPortalTranslate =
  (locale: ReadonlySignal<Locale>): PortalTranslate =>
  (text, given) => {
    const { key, params }: Text = typeof text === 'string' ? { key: text, ...(given && { params: given }) } : text;
    const own = dictionaries[locale.value][key];
    return own === undefined ? translate(locale.value, key as TextKey, params) : fill(own, params);
  };

import type { Locale } from '@meetframe/contract';
import type { ReadonlySignal } from '@preact/signals';
import type deviceTexts from '../locales/devices.en.json';
import en from '../locales/en.json';
import type hostingTexts from '../locales/hosting.en.json';
import type leftTexts from '../locales/left.en.json';
import type meetingTexts from '../locales/meeting.en.json';
import type panelTexts from '../locales/panels.en.json';
import type recordingTexts from '../locales/recording.en.json';
import type settingsTexts from '../locales/settings.en.json';
import zhCN from '../locales/zh-CN.json';

/** Texts that are loaded with a part of the interface: `leftTexts.ts`, `meetingTexts.ts` and the like. */
export type TextKey =
  | keyof typeof en
  | keyof typeof deviceTexts
  | keyof typeof hostingTexts
  | keyof typeof leftTexts
  | keyof typeof meetingTexts
  | keyof typeof panelTexts
  | keyof typeof settingsTexts
  | keyof typeof recordingTexts;
export type TextParams = Record<string, string | number>;
/**
 * Gives the text of a key in the current language; a component that calls it while rendering renders again on a change.
 */
export type Translate = (key: TextKey, params?: TextParams) => string;

const dictionaries: Record<Locale, Partial<Record<TextKey, string>>> = { en: { ...en }, 'zh-CN': { ...zhCN } };

/** Adds the texts of a screen that is loaded later. */
export const addTexts = (more: typeof dictionaries): void => {
  for (const locale of ['en', 'zh-CN'] as const) Object.assign(dictionaries[locale], more[locale]);
};

/** The name of each language in that language, for a list of languages. */
export const localeNames: Record<Locale, string> = { 'zh-CN': '简体中文', en: 'English' };

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

export function translate(locale: Locale, key: TextKey, params?: TextParams): string {
  return fill(dictionaries[locale][key] ?? key, params);
}

export function createTranslate(locale: ReadonlySignal<Locale>): Translate {
  return (key, params) => translate(locale.value, key, params);
}

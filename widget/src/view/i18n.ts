import type { Locale } from '@meetframe/contract';
import { signal } from '@preact/signals';
import type chatFilesTexts from '../locales/chatFiles.en.json';
import type connectionTexts from '../locales/connection.en.json';
import type deviceTexts from '../locales/devices.en.json';
import type effectsTexts from '../locales/effects.en.json';
import en from '../locales/en.json';
import type hostingTexts from '../locales/hosting.en.json';
import type leftTexts from '../locales/left.en.json';
import type meetingTexts from '../locales/meeting.en.json';
import type panelTexts from '../locales/panels.en.json';
import type problemTexts from '../locales/problems.en.json';
import type qualityTexts from '../locales/quality.en.json';
import type recordingTexts from '../locales/recording.en.json';
import type settingsTexts from '../locales/settings.en.json';
import type transcriptionTexts from '../locales/transcription.en.json';
import type waitingTexts from '../locales/waiting.en.json';
import zhCN from '../locales/zh-CN.json';
import { ownText, type ReadLook } from '../model/look.ts';
import { fill, type TextParams } from './fill.ts';

/** Texts that are loaded with a part of the interface: `leftTexts.ts`, `meetingTexts.ts` and the like. */
export type TextKey =
  | keyof typeof en
  | keyof typeof connectionTexts
  | keyof typeof chatFilesTexts
  | keyof typeof deviceTexts
  | keyof typeof effectsTexts
  | keyof typeof hostingTexts
  | keyof typeof leftTexts
  | keyof typeof meetingTexts
  | keyof typeof panelTexts
  | keyof typeof settingsTexts
  | keyof typeof qualityTexts
  | keyof typeof problemTexts
  | keyof typeof recordingTexts
  | keyof typeof transcriptionTexts
  | keyof typeof waitingTexts;
/**
 * Gives the text of a key in the current language; a component that calls it while rendering renders again on a change.
 */
export type Translate = (key: TextKey, params?: TextParams) => string;

const dictionaries: Record<Locale, Partial<Record<TextKey, string>>> = { en: { ...en }, 'zh-CN': { ...zhCN } };

/** Counts the additions, so that what is shown already gets its texts, too. */
const additions = signal(0);

/** Adds the texts of a screen that is loaded later. */
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

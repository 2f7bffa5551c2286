import type { Locale } from '@meetframe/contract';
import en from '../locales/call.en.json';
import zhCN from '../locales/call.zh-CN.json';

/** Texts of calls, which are loaded with what shows them. */
export type CallTextKey = keyof typeof en;
export const callTexts: Record<Locale, Record<CallTextKey, string>> = { en, 'zh-CN': zhCN };

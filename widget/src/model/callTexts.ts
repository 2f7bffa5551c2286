import type { Locale } from '@meetframe/contract';
import en from '../locales/call.en.json';
import zhCN from '../locales/call.zh-CN.json';
import { ownText, type ReadLook } from './look.ts';

/** Texts of calls, which are loaded with what shows them. */
export type CallTextKey = keyof typeof en;
const texts: Record<Locale, Record<CallTextKey, string>> = { en, 'zh-CN': zhCN };
/** The page's own text, else the platform's. */
export const callText = (look: ReadLook, key: CallTextKey): string =>
  ownText(look, `call.${key}`) ?? texts[look.locale.value][key];

/** How long the end of a call is shown, in milliseconds. */
export const endStays = 5000;

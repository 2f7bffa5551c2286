import en from '../locales/meeting.en.json';
import zhCN from '../locales/meeting.zh-CN.json';
import { addTexts } from './i18n.ts';

const texts: Record<'en' | 'zh-CN', Record<keyof typeof en, string>> = { en, 'zh-CN': zhCN };

/** Texts that only the meeting shows. */
addTexts(texts);

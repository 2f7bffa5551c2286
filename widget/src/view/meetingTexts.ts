import en from '../locales/meeting.en.json';
import zhCN from '../locales/meeting.zh-CN.json';
import { addTexts } from './i18n.ts';

/** Texts that only the meeting shows. */
addTexts({ en, 'zh-CN': zhCN });

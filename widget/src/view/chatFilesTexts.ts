import en from '../locales/chatFiles.en.json';
import zhCN from '../locales/chatFiles.zh-CN.json';
import { addTexts } from './i18n.ts';

const texts: Record<'en' | 'zh-CN', Record<keyof typeof en, string>> = { en, 'zh-CN': zhCN };

/** Texts about files and emoji in the chat. */
addTexts(texts);

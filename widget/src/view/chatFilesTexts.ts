import en from '../locales/chatFiles.en.json';
import zhCN from '../locales/chatFiles.zh-CN.json';
import { addTexts } from './i18n.ts';

/** Texts about files and emoji in the chat. */
addTexts({ en, 'zh-CN': zhCN });

import en from '../locales/closed.en.json';
import zhCN from '../locales/closed.zh-CN.json';
import { addTexts } from './i18n.ts';

// Loaded with the screen of a room that cannot be entered now.
addTexts({ en, 'zh-CN': zhCN });

import en from '../locales/copy.en.json';
import zhCN from '../locales/copy.zh-CN.json';
import { addTexts } from './i18n.ts';

// Loaded with what the user copies, in the meeting and at home.
addTexts({ en, 'zh-CN': zhCN });

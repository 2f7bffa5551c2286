import en from '../locales/left.en.json';
import zhCN from '../locales/left.zh-CN.json';
import { addTexts } from './i18n.ts';

// Loaded with the screen after a meeting.
addTexts({ en, 'zh-CN': zhCN });

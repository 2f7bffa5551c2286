import en from '../locales/waiting.en.json';
import zhCN from '../locales/waiting.zh-CN.json';
import { addTexts } from './i18n.ts';

// Loaded with what one sees of a waiting room.
addTexts({ en, 'zh-CN': zhCN });

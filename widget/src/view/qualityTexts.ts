import en from '../locales/quality.en.json';
import zhCN from '../locales/quality.zh-CN.json';
import { addTexts } from './i18n.ts';

// Loaded with the quality signs.
addTexts({ en, 'zh-CN': zhCN });

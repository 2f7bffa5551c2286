import en from '../locales/problems.en.json';
import zhCN from '../locales/problems.zh-CN.json';
import { addTexts } from './i18n.ts';

// Fetched right after the first screen, which seldom has a problem to tell.
addTexts({ en, 'zh-CN': zhCN });

import en from '../locales/effects.en.json';
import zhCN from '../locales/effects.zh-CN.json';
import { addTexts } from './i18n.ts';

// Loaded with what chooses effects.
addTexts({ en, 'zh-CN': zhCN });

import en from '../locales/settings.en.json';
import zhCN from '../locales/settings.zh-CN.json';
import { addTexts } from './i18n.ts';

// Loaded with the dialog of the settings.
addTexts({ en, 'zh-CN': zhCN });

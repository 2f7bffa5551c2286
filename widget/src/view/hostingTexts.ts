import en from '../locales/hosting.en.json';
import zhCN from '../locales/hosting.zh-CN.json';
import { addTexts } from './i18n.ts';

// Loaded with the screen of a fault, and with the offer of an update.
addTexts({ en, 'zh-CN': zhCN });

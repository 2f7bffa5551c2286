import en from '../locales/recording.en.json';
import zhCN from '../locales/recording.zh-CN.json';
import { addTexts } from './i18n.ts';

/** Texts about recordings in the browser. */
addTexts({ en, 'zh-CN': zhCN });

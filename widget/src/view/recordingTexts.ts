import en from '../locales/recording.en.json';
import zhCN from '../locales/recording.zh-CN.json';
import { addTexts } from './i18n.ts';

const texts: Record<'en' | 'zh-CN', Record<keyof typeof en, string>> = { en, 'zh-CN': zhCN };

/** Texts about recordings in the browser. */
addTexts(texts);

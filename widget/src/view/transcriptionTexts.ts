import en from '../locales/transcription.en.json';
import zhCN from '../locales/transcription.zh-CN.json';
import { addTexts } from './i18n.ts';

const texts: Record<'en' | 'zh-CN', Record<keyof typeof en, string>> = { en, 'zh-CN': zhCN };

/** Texts about captions and the transcript. */
addTexts(texts);

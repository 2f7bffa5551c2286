import en from '../locales/transcription.en.json';
import zhCN from '../locales/transcription.zh-CN.json';
import { addTexts } from './i18n.ts';

/** Texts about captions and the transcript. */
addTexts({ en, 'zh-CN': zhCN });

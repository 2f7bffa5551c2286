import en from '../locales/devices.en.json';
import zhCN from '../locales/devices.zh-CN.json';
import { addTexts } from './i18n.ts';

const texts: Record<'en' | 'zh-CN', Record<keyof typeof en, string>> = { en, 'zh-CN': zhCN };

/** Texts about camera, microphone and speaker, which are loaded with their menus. */
addTexts(texts);

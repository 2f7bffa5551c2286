import en from '../locales/devices.en.json';
import zhCN from '../locales/devices.zh-CN.json';
import { addTexts } from './i18n.ts';

/** Texts about camera, microphone and speaker, which are loaded with their menus. */
addTexts({ en, 'zh-CN': zhCN });

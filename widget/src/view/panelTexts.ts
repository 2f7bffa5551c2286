import en from '../locales/panels.en.json';
import zhCN from '../locales/panels.zh-CN.json';
import { addTexts } from './i18n.ts';

// Loaded with what opens over and beside the stage.
addTexts({ en, 'zh-CN': zhCN });

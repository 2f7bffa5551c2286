import en from '../../locales/appointment.en.json';
import zhCN from '../../locales/appointment.zh-CN.json';
import { addPortalTexts } from '../text.ts';

// Fetched with the dialogs of appointments.
addPortalTexts({ en, 'zh-CN': zhCN });

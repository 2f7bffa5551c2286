import type { Locale } from '@meetframe/contract';
import callEn from './call.en.json' with { type: 'json' };
import callZh from './call.zh-CN.json' with { type: 'json' };
import chatFilesEn from './chatFiles.en.json' with { type: 'json' };
import chatFilesZh from './chatFiles.zh-CN.json' with { type: 'json' };
import closedEn from './closed.en.json' with { type: 'json' };
import closedZh from './closed.zh-CN.json' with { type: 'json' };
import connectionEn from './connection.en.json' with { type: 'json' };
import connectionZh from './connection.zh-CN.json' with { type: 'json' };
import copyEn from './copy.en.json' with { type: 'json' };
import copyZh from './copy.zh-CN.json' with { type: 'json' };
import devicesEn from './devices.en.json' with { type: 'json' };
import devicesZh from './devices.zh-CN.json' with { type: 'json' };
import effectsEn from './effects.en.json' with { type: 'json' };
import effectsZh from './effects.zh-CN.json' with { type: 'json' };
import firstEn from './en.json' with { type: 'json' };
import hostingEn from './hosting.en.json' with { type: 'json' };
import hostingZh from './hosting.zh-CN.json' with { type: 'json' };
import leftEn from './left.en.json' with { type: 'json' };
import leftZh from './left.zh-CN.json' with { type: 'json' };
import meetingEn from './meeting.en.json' with { type: 'json' };
import meetingZh from './meeting.zh-CN.json' with { type: 'json' };
import panelsEn from './panels.en.json' with { type: 'json' };
import panelsZh from './panels.zh-CN.json' with { type: 'json' };
import problemsEn from './problems.en.json' with { type: 'json' };
import problemsZh from './problems.zh-CN.json' with { type: 'json' };
import qualityEn from './quality.en.json' with { type: 'json' };
import qualityZh from './quality.zh-CN.json' with { type: 'json' };
import recordingEn from './recording.en.json' with { type: 'json' };
import recordingZh from './recording.zh-CN.json' with { type: 'json' };
import settingsEn from './settings.en.json' with { type: 'json' };
import settingsZh from './settings.zh-CN.json' with { type: 'json' };
import transcriptionEn from './transcription.en.json' with { type: 'json' };
import transcriptionZh from './transcription.zh-CN.json' with { type: 'json' };
import waitingEn from './waiting.en.json' with { type: 'json' };
import waitingZh from './waiting.zh-CN.json' with { type: 'json' };
import firstZh from './zh-CN.json' with { type: 'json' };

type Texts = Record<string, string>;

/** Texts that components find by their keys, once the part that shows them has added its own. */
const shown = {
  en: [
    firstEn,
    chatFilesEn,
    closedEn,
    connectionEn,
    copyEn,
    devicesEn,
    effectsEn,
    hostingEn,
    leftEn,
    meetingEn,
    panelsEn,
    problemsEn,
    qualityEn,
    recordingEn,
    settingsEn,
    transcriptionEn,
    waitingEn,
  ],
  'zh-CN': [
    firstZh,
    chatFilesZh,
    closedZh,
    connectionZh,
    copyZh,
    devicesZh,
    effectsZh,
    hostingZh,
    leftZh,
    meetingZh,
    panelsZh,
    problemsZh,
    qualityZh,
    recordingZh,
    settingsZh,
    transcriptionZh,
    waitingZh,
  ],
} satisfies Record<Locale, readonly Texts[]>;

type KeyOf<Each> = Each extends unknown ? keyof Each : never;
export type TextKey = KeyOf<(typeof shown)['en'][number]>;

/** The texts of calls have short names, which are theirs alone. */
const ofCalls = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [`call.${name}`, text]));

/** The files of each language. The widget loads them with its parts; this list is for what checks and documents them. */
export const textFiles: Record<Locale, readonly Texts[]> = {
  en: [...shown.en, ofCalls(callEn)],
  'zh-CN': [...shown['zh-CN'], ofCalls(callZh)],
};
/** Every text of the interface. */
export const everyText = (locale: Locale): Texts => Object.assign({}, ...textFiles[locale]);

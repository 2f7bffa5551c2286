import '../../view/recordingTexts.ts';

/** The interface of recordings: one chunk, because few people record. */
export { RecordBar } from './RecordBar.tsx';
export { RecordButton } from './RecordButton.tsx';
export { RecordNotices } from './RecordNotices.tsx';
export { RecordSettings } from './RecordSettings.tsx';

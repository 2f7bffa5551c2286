import { chunkParts } from '../later.tsx';

const { part } = chunkParts(() => import('./recording.ts'));

/** The parts of `recording.ts`, each shown as soon as it is there. */
export const RecordBar = part((chunk) => chunk.RecordBar);
export const RecordButton = part((chunk) => chunk.RecordButton);
export const RecordNotices = part((chunk) => chunk.RecordNotices);
export const RecordSettings = part((chunk) => chunk.RecordSettings);

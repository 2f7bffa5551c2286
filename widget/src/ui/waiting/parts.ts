import { chunkParts } from '../later.tsx';

const { part } = chunkParts(() => import('./waiting.ts'));

/** The parts of `waiting.ts`, each shown as soon as it is there. */
export const Waiting = part((chunk) => chunk.Waiting);
export const WaitingList = part((chunk) => chunk.WaitingList);
export const WaitingNotice = part((chunk) => chunk.WaitingNotice);
export const WaitingSwitch = part((chunk) => chunk.WaitingSwitch);

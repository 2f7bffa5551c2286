import { chunkParts } from '../../later.tsx';

const { part } = chunkParts(() => import('./onDemand.ts'));

/** Files and emoji of the chat, fetched when the chat can send files or shows one, or emoji are chosen. */
export const FileLine = part((chunk) => chunk.FileLine);
export const Transfers = part((chunk) => chunk.Transfers);
export const Drafts = part((chunk) => chunk.Drafts);
export const AttachButton = part((chunk) => chunk.AttachButton);
export const Emoji = part((chunk) => chunk.Emoji);

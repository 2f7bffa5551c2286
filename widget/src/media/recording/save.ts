import { download } from '../../download.ts';
import type { Stored } from './stored.ts';

/** Characters that file systems refuse. */
const refused = /[\p{Cc}<>:"/\\|?*]+/gu;
const fileNameOf = (name: string): string => {
  const plain = name.replace(refused, ' ').replace(/ +/g, ' ').trim();
  return `${plain.replace(/\.webm$/i, '') || 'meeting'}.webm`;
};

/**
 * Saves a recording as a download under its name. If it cannot be rewritten, for lack of space for instance, it is saved
 * as it was recorded: it plays, but has no length.
 */
export const save = async (stored: Stored): Promise<{ fileName: string; size: number }> => {
  const fileName = fileNameOf(stored.facts.fileName);
  // A chunk of its own, with a library that is needed at the end only.
  const finished = await import('./rewrite.ts').then(({ rewrite }) => rewrite(stored)).catch(() => undefined);
  const file = finished ?? (await stored.blob());
  download(file, fileName);
  // On a full device this cannot be stored, and the recording is offered once more at the next visit.
  await stored.note({ isSaved: true }).catch(() => {});
  if (finished) await stored.removePieces();
  return { fileName, size: file.size };
};

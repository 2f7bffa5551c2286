import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { fail } from '../errors.ts';

/**
 * Makes sure that a folder can be written to and its disk has room.
 *
 * @param leaveFree bytes that must be free afterwards
 * @param refused what cannot be done otherwise, as a sentence without its end: "Nothing can be recorded"
 * @throws RTCPeerError `STORAGE_FULL`
 */
export const requireSpace = async (folder: string, leaveFree: number, refused: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
  } catch {
    fail('STORAGE_FULL', `${refused}: the folder of recordings cannot be written to.`);
  }
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < leaveFree) fail('STORAGE_FULL', `${refused}: the disk is full.`);
};

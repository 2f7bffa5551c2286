import { execFile } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const timeout = 30 * 60_000;

/**
 * Writes a WebM that was recorded live once more, so that it knows its length and can be searched; nothing is encoded.
 *
 * @returns its length in seconds; `undefined` when ffmpeg is missing or refuses the file, which then stays as it is
 */
export const remux = async (path: string): Promise<number | undefined> => {
  const whole = path.replace(/\.webm$/, '.whole.webm');
  try {
    await run('ffmpeg', ['-v', 'error', '-y', '-i', path, '-c', 'copy', '-cues_to_front', '1', whole], { timeout });
    const asked = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', whole];
    const duration = Number((await run('ffprobe', asked, { timeout })).stdout);
    if (!(duration > 0)) throw new Error('no duration');
    await rename(whole, path);
    return duration;
  } catch {
    await rm(whole, { force: true });
    return undefined;
  }
};

import { copyFile, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';

/** The entry of the widget's page names the build: its name changes with whatever is in it. */
const entry = /assets\/(index-[\w-]+\.js)/;

/** The file of the widget's build that is served; empty without one. */
export const buildOf = async (distDir: string): Promise<string> => {
  const page = await readFile(join(distDir, 'widget/index.html'), 'utf8').catch(() => '');
  return entry.exec(page)?.[1] ?? '';
};

/**
 * Keeps the widget's files for tabs that were opened before an update: they fetch parts of the interface later, under names that the new
 * build has no more. `folder` is where they are kept; a file is deleted `ASSETS_KEPT_MS` after the last start of a server with its build.
 */
export const keepAssets = (config: Config, log: Log) => {
  const folder = join(config.DATA_DIR, 'assets');
  const current = join(config.DIST_DIR, 'widget/assets');
  let isClosed = false;

  const keep = async (): Promise<void> => {
    if (!config.ASSETS_KEPT_MS) return rm(folder, { recursive: true, force: true });
    const files = await readdir(current).catch(() => []);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const kept = new Set(await readdir(folder));
    const now = new Date();
    for (const file of files) {
      if (isClosed) return;
      const target = join(folder, file);
      if (kept.has(file)) await utimes(target, now, now);
      else {
        // Copied under another name first, so that no incomplete file is served.
        await copyFile(join(current, file), `${target}.new`);
        await rename(`${target}.new`, target);
      }
      kept.delete(file);
    }
    for (const file of kept) {
      if (isClosed) return;
      const { mtimeMs } = await stat(join(folder, file));
      if (now.getTime() - mtimeMs > config.ASSETS_KEPT_MS) await rm(join(folder, file));
    }
  };

  const done = keep().catch((error) => {
    log.warn(
      { reason: (error as Error).message },
      'the files of this build could not be kept for tabs that are open at the next update',
    );
  });
  return {
    folder,
    done,
    async close(): Promise<void> {
      isClosed = true;
      await done;
    },
  };
};
export type Assets = ReturnType<typeof keepAssets>;

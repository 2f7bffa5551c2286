import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A value in a JSON file, in place of a partner's database. Written whole, then renamed: a crash leaves the old or the new. */
export const keptFile = <T>(path: string, initial: T): { value: T; save(): void } => {
  let value = initial;
  try {
    value = JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return {
    value,
    save() {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, JSON.stringify(value, null, 2));
      renameSync(`${path}.new`, path);
    },
  };
};

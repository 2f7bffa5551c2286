import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/**
 * Starts processes that open the same database at the same moment, and returns what each wrote. They load the program first and wait for
 * one another.
 */
export const openAtOnce = async (count: number, settings: Record<string, string>): Promise<string[]> => {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, [join(import.meta.dirname, 'opening.ts')], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...settings },
    }),
  );
  const answers = children.map(async (child) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    await once(child, 'close');
    return said.trim();
  });
  try {
    await Promise.all(children.map((child) => once(child, 'message')));
    for (const child of children) child.send('open');
    return await Promise.all(answers);
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
};

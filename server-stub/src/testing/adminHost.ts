import { Readable } from 'node:stream';
import { run } from '../admin/program.ts';
import type { Ran } from './admin.ts';

/**
 * Runs commands of the command line one after the other, as `runAdmin` sends them. It saves the start of a process for each.
 */
export type Order = { id: number; args: readonly string[]; input: string; env: Record<string, string> };

const { env } = process;
let said: Ran = { code: 0, out: '', err: '' };
const write = (name: 'out' | 'err') => (text: string | Uint8Array) => {
  said[name] += String(text);
  return true;
};
process.stdout.write = write('out');
process.stderr.write = write('err');

let order = Promise.resolve();
process.on('message', ({ id, args, input, env: given }: Order) => {
  order = order.then(async () => {
    said = { code: 0, out: '', err: '' };
    process.env = { ...env, ...given };
    Object.defineProperty(process, 'stdin', {
      value: Readable.from(input ? [Buffer.from(input)] : []),
      configurable: true,
    });
    const code = await run(args);
    process.send?.({ id, ran: { ...said, code } });
  });
});
process.on('disconnect', () => process.exit());

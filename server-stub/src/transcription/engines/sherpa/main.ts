import type { Command, Report } from './messages.ts';
import type { SherpaModel } from './model.ts';
import { loadRecogniser, type Recogniser } from './recognisers.ts';

/**
 * The process of the recogniser: `node main.ts <model as JSON>`. Its native code may end it at any time, in which case the server loses
 * only the current utterances. It ends with the server.
 */
const say = (report: Report): void => {
  if (process.connected) process.send?.(report);
};
process.on('disconnect', () => process.exit(0));

const load = (): Recogniser => {
  try {
    return loadRecogniser(JSON.parse(process.argv[2] ?? '') as SherpaModel, say);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
};
const recogniser = load();

let isWorking = false;
/** Decoding stops everything else, so commands are read after each bit of it. */
const work = (): void => {
  isWorking = recogniser.step();
  if (isWorking) setImmediate(work);
};
process.on('message', (command: Command) => {
  const { id } = command;
  if ('samples' in command) recogniser.take(id, command.samples);
  else if ('end' in command) recogniser.end(id);
  else recogniser.drop(id);
  say({ id, read: 'samples' in command ? command.samples.length : 0 });
  if (isWorking) return;
  isWorking = true;
  setImmediate(work);
});
say({ ready: true });

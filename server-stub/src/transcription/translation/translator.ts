import type { Log } from '../../log.ts';
import type { Translate, Wanted } from './openaiChat.ts';

/** How many sentences wait for the engine at most; then the oldest are given up: their translation would come too late. */
const mostWaiting = 100;
/** After this number of failures in a row no sentence is sent to the engine for a while, in ms. */
const failuresInRow = 3;
const restFor = 30_000;

type Job = { wanted: Wanted; done: (text: string) => void };
type Parts = {
  translate: Translate;
  /** How many sentences are translated at the same time. */
  atOnce: number;
  /** Languages that readers may choose, BCP 47. */
  languages: readonly string[];
  log: Log;
  now?: () => number;
};

/** Translates sentences for all meetings of a node. Nothing waits for it: a sentence that cannot be translated in time stays in its language. */
export const makeTranslator = ({ translate, atOnce, languages, log, now = Date.now }: Parts) => {
  const waiting: Job[] = [];
  let running = 0;
  let failures = 0;
  let restUntil = 0;

  const failed = (error: unknown): void => {
    failures++;
    log.warn({ err: error, failures }, 'a sentence was not translated');
    if (failures < failuresInRow) return;
    restUntil = now() + restFor;
    waiting.length = 0;
  };
  const next = (): void => {
    while (running < atOnce) {
      const job = waiting.shift();
      if (!job) return;
      running++;
      translate(job.wanted)
        .then((text) => {
          failures = 0;
          job.done(text);
        }, failed)
        .finally(() => {
          running--;
          next();
        });
    }
  };

  return {
    languages,
    /** Translates a sentence soon; `done` is called if that succeeds. */
    offer(wanted: Wanted, done: (text: string) => void): void {
      if (now() < restUntil) return;
      waiting.push({ wanted, done });
      if (waiting.length > mostWaiting) waiting.shift();
      next();
    },
    /** Gives up the waiting sentences. */
    close: (): void => void waiting.splice(0),
  };
};
export type Translator = ReturnType<typeof makeTranslator>;

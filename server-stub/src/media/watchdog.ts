import { readFileSync } from 'node:fs';
import type { types } from 'mediasoup';

/** How often workers are asked whether they answer, in milliseconds. */
const every = 1000;
/** After this number of unanswered questions no new meeting is placed on the worker. */
const suspect = 2;
/** After this number a worker that uses no CPU is killed, because it is frozen. */
const frozen = 4;
/** After this number it is killed in any case, because even a worker under load answers sooner. */
const lost = 20;
/** The system counts CPU time in clock ticks of so many milliseconds. */
const tick = 10;
/** Less CPU time than this since the first unanswered question counts as none, in milliseconds. */
const noTime = 50;

/** CPU time of a process in ms; `undefined` where the system does not tell. */
const timeOf = (pid: number): number | undefined => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * tick;
  } catch {
    return undefined;
  }
};

/** Whether a worker is killed after so many questions without an answer, during which it used so much CPU time. */
export const isHanging = (unanswered: number, used: number | undefined): boolean =>
  unanswered >= lost || (unanswered >= frozen && used !== undefined && used < noTime);

/**
 * Asks a worker every second what it has used, and tells `used` the CPU time in ms. Kills one that runs but does not answer, so that it
 * is replaced like one that died. Questions are counted, not time: when the main process itself stood still, the worker is not to blame.
 */
export const watchWorker = (
  worker: types.Worker,
  { used, killed }: { used(cpu: number): void; killed(): void },
): { readonly isSuspect: boolean } => {
  let unanswered = 0;
  let before: number | undefined;
  const timer = setInterval(() => {
    if (unanswered === 0)
      worker.getResourceUsage().then(
        ({ ru_utime, ru_stime }) => {
          unanswered = 0;
          used(ru_utime + ru_stime);
        },
        // It has closed.
        () => {},
      );
    else if (unanswered === 1) before = timeOf(worker.pid);
    unanswered++;
    if (unanswered < frozen) return;
    const now = timeOf(worker.pid);
    if (!isHanging(unanswered, before === undefined || now === undefined ? undefined : now - before)) return;
    clearInterval(timer);
    killed();
    process.kill(worker.pid, 'SIGKILL');
  }, every).unref();
  worker.observer.once('close', () => clearInterval(timer));
  return {
    get isSuspect() {
      return unanswered > suspect;
    },
  };
};

import { type AliasName, aliases, type PageEventName, patientMethods, relayedMethods } from '@meetframe/contract';

type Told = { name: string; payload: unknown; isOwn: boolean; after: readonly object[] };

/** Events that no call of the page causes: they are sent at once. */
const ofMachine: readonly string[] = [
  'connectionChanged',
  'failed',
  'onLinkSlow',
  'onWaiting',
] satisfies PageEventName[];

/** Runs work after the current task and its promises: an answer that is settled now has been posted by then. */
const soon = (work: () => void): void => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(undefined);
};

/**
 * Sends events to the page, but never before the answer to the call that causes them: a page learns its room and its client
 * from the answer of `meeting.enter`, and its listeners compare events with them. An event that comes while such a call
 * is under way waits for its answer; later events keep their order. A call that waits for a person delays only events
 * about the caller, so that a permission prompt does not stop the events of the meeting; while the caller is in the waiting
 * room, `meeting.enter` delays none.
 */
export const createOutbox = (send: (name: string, payload: unknown) => void, selfId: () => number | null) => {
  /** Calls under way that may cause any event, and those that cause events about the caller. */
  const open = new Set<object>();
  const patient = new Set<object>();
  const entries = new Set<object>();
  let waiting: readonly Told[] = [];
  /** The caller’s `Client.id`; still known when the event says that the caller has left. */
  let self: number | null = null;

  const flush = (): void => {
    let isEarlier = false;
    let isEarlierOfOthers = false;
    const now: Told[] = [];
    waiting = waiting.filter((told) => {
      const isHeld = told.after.some((call) => open.has(call) || patient.has(call));
      if (!isHeld && !(told.isOwn ? isEarlier : isEarlierOfOthers)) {
        now.push(told);
        return false;
      }
      isEarlier = true;
      isEarlierOfOthers ||= !told.isOwn;
      return true;
    });
    for (const { name, payload } of now) send(name, payload);
  };

  return {
    tell(name: string, payload: unknown): void {
      self = selfId() ?? self;
      const about = (payload as { client?: { id?: number } } | undefined)?.client?.id;
      const isOwn = name === 'deviceChanged' || (about !== undefined && about === self);
      if (name === 'onWaiting') {
        const isWaiting = (payload as { state: string }).state === 'waiting';
        for (const entry of entries) open[isWaiting ? 'delete' : 'add'](entry);
        flush();
      }
      if (ofMachine.includes(name)) send(name, payload);
      else {
        waiting = [...waiting, { name, payload, isOwn, after: [...open, ...(isOwn ? patient : [])] }];
        flush();
      }
    },
    /** Runs a call of the page. The events that it causes are sent after its answer. */
    async during<T>(name: string, run: () => Promise<T>): Promise<T> {
      const real = Object.hasOwn(aliases, name) ? aliases[name as AliasName].to : name;
      const isEntry = real === 'meeting.enter';
      const calls =
        patientMethods.includes(real) && !isEntry
          ? patient
          : Object.hasOwn(relayedMethods, real) && relayedMethods[real]?.causes
            ? open
            : undefined;
      if (!calls) return run();
      const call = {};
      calls.add(call);
      if (isEntry) entries.add(call);
      try {
        return await run();
      } finally {
        soon(() => {
          calls.delete(call);
          entries.delete(call);
          flush();
        });
      }
    },
  };
};

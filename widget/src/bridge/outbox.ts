import { type AliasName, aliases, type PageEventName, patientMethods, relayedMethods } from '@meetframe/contract';

type Told = { name: string; payload: unknown; isOwn: boolean; after: readonly object[] };

/** Events about this machine: no call of the page waits for them, and they wait for none. */
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
 * Tells the page events, but none ahead of the answer to the call that causes it: a page learns its room and its client
 * from the answer of `meeting.enter`, and its listeners compare events with them. An event that comes while such a call
 * is under way waits for its answer; later events keep their order. A call that waits for a person holds up events
 * about the caller only, so that a permission prompt does not silence the meeting; while the caller waits to be let into
 * a meeting, `meeting.enter` holds up none.
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
    /** Runs a call of the page. What it causes is told after its answer. */
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

import type { Presence as Facts } from '@meetframe/contract/presence';
import type { CallingDevice } from '../account/caller.ts';
import { mayCall } from '../account/standing.ts';
import { answered } from '../calls/callStore.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../users/tables.ts';

/** For how long changes are collected before they are sent, in milliseconds. */
const collect = 250;
/** After how long it is tried again when the database did not answer, in milliseconds. */
const retry = 5000;
/** How often it is looked which devices of this node were frozen, or lost for too long to be called, in milliseconds. */
const every = 1000;

type Parts<D extends CallingDevice> = {
  store: Store;
  cluster: Pick<Cluster, 'on' | 'devicesOf'>;
  devices: { all(): readonly D[]; publish(device: D): void };
  log: Log;
};

/** Who can be called at the moment, on any node, and which devices are told when that changes. */
export const makePresence = <D extends CallingDevice>({ store, cluster, devices, log }: Parts<D>) => {
  /** The watching devices of this node, by the user whom they watch. */
  const watchers = new Map<number, Set<CallingDevice>>();
  const watched = new Map<CallingDevice, readonly number[]>();
  /** The last presence that was sent, by watched user. */
  const told = new Map<number, string>();
  const waiting = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const factsOf = async (userIds: readonly number[]): Promise<Facts[]> => {
    if (userIds.length === 0) return [];
    const rows = await store
      .selectFrom('call')
      .select(['callerId', 'calleeId'])
      .where('endedAt', 'is', null)
      .where('state', 'in', answered)
      .where((row) => row.or([row('callerId', 'in', userIds), row('calleeId', 'in', userIds)]))
      .execute();
    const calling = new Set(rows.flatMap(({ callerId, calleeId }) => [callerId, calleeId]));
    return userIds.map((userId) => {
      const all = cluster.devicesOf(userId);
      const reached = all.filter(({ callable }) => callable !== null);
      return {
        userId,
        online: reached.length > 0,
        awake: reached.some(({ awake }) => awake),
        busy: reached.length > 0 && (calling.has(userId) || all.some(({ roomId }) => roomId !== null)),
        devices: [...new Set(reached.map(({ callable }) => callable as string))],
      };
    });
  };

  const forget = (device: CallingDevice): void => {
    for (const userId of watched.get(device) ?? []) {
      const some = watchers.get(userId);
      some?.delete(device);
      if (some?.size !== 0) continue;
      watchers.delete(userId);
      told.delete(userId);
    }
    watched.delete(device);
  };

  const flush = async (userIds: readonly number[]): Promise<void> => {
    const news = new Map<CallingDevice, Facts[]>();
    for (const facts of await factsOf(userIds)) {
      const text = JSON.stringify(facts);
      if (told.get(facts.userId) === text) continue;
      told.set(facts.userId, text);
      for (const device of watchers.get(facts.userId) ?? []) {
        const users = news.get(device);
        if (users) users.push(facts);
        else news.set(device, [facts]);
      }
    }
    /** Devices with the same news get the same object, which is serialised and kept once. */
    const payloads = new Map<string, { users: Facts[] }>();
    for (const [device, users] of news) {
      if (!device.user) {
        forget(device);
        continue;
      }
      const key = users.map(({ userId }) => userId).join();
      const payload = payloads.get(key) ?? { users };
      payloads.set(key, payload);
      device.emit('presence.changed', payload);
    }
  };

  /** Sends the collected changes, one batch after the other, so that an older answer of the database is never sent after a newer one. */
  const schedule = (after = collect): void => {
    timer ??= setTimeout(async () => {
      const userIds = [...waiting].filter((userId) => watchers.has(userId));
      waiting.clear();
      let pause = collect;
      try {
        await flush(userIds);
      } catch (error) {
        log.warn({ err: error }, 'a change of presence could not be sent');
        for (const userId of userIds) waiting.add(userId);
        pause = retry;
      }
      timer = undefined;
      if (waiting.size > 0 && !isClosed) schedule(pause);
    }, after);
  };
  const stop = cluster.on('presence.changed', ({ userId }) => {
    if (!watchers.has(userId)) return;
    waiting.add(userId);
    schedule();
  });
  const looking = setInterval(() => {
    for (const device of devices.all()) if (device.callable !== undefined) devices.publish(device);
    for (const device of watched.keys()) if (device.ended) forget(device);
  }, every);

  /** The users among these whom a user may call. */
  const callable = async (userIds: readonly number[], me: UserRow): Promise<number[]> => {
    if (userIds.length === 0) return [];
    const rows = await store
      .selectFrom('user')
      .select(['id', 'companyId'])
      .where('id', 'in', [...new Set(userIds)])
      .where('deletedAt', 'is', null)
      .execute();
    return rows.filter((row) => mayCall(me, row)).map(({ id }) => id);
  };

  return {
    /** The current presence of users. Users whom this one may not call are left out. */
    ask: async (userIds: readonly number[], me: UserRow): Promise<Facts[]> =>
      await factsOf(await callable(userIds, me)),
    /** Replaces the users whom a device watches; answers their current presence. Users whom its user may not call are left out. */
    async watch(device: CallingDevice, userIds: readonly number[], me: UserRow): Promise<Facts[]> {
      const some = await callable(userIds, me);
      forget(device);
      if (some.length > 0 && !device.ended) {
        watched.set(device, some);
        for (const userId of some) {
          watchers.set(userId, (watchers.get(userId) ?? new Set()).add(device));
          // The answer to this device may be newer than what the other devices know.
          told.delete(userId);
        }
      }
      return await factsOf(some);
    },

    close(): void {
      isClosed = true;
      stop();
      clearInterval(looking);
      clearTimeout(timer);
    },
  };
};
export type Presence = ReturnType<typeof makePresence>;

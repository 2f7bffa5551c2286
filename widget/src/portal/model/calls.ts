import { type RoomType, RTCPeerError, type User } from '@meetframe/contract';
import type { HistoryEntry } from '@meetframe/contract/callLists';
import type { Presence } from '@meetframe/contract/presence';
import { createModel, effect, signal, untracked } from '@preact/signals';
import type { CallsModel } from '../../model/calls.ts';
import type { IdentityModel } from '../../model/identity.ts';
import type { Client } from '../../platform/client.ts';
import { createGrowingList } from './list.ts';
import { Users } from './users.ts';

/** An entry of the history; `id` is a number for the list only. */
export type PastCall = HistoryEntry & { id: number };

type Parts = { client: Client; identity: IdentityModel; calls: Pick<CallsModel, 'screens' | 'load'> };

/** Colleagues with their presence, the calls of the user, and the settings for incoming calls. */
export const Calls = createModel(({ client, identity, calls }: Parts) => {
  const people = new Users(client, identity);
  const presence = signal<ReadonlyMap<number, Presence>>(new Map());
  const unseen = signal(0);
  const doNotDisturb = signal(false);
  const blocked = signal<readonly User[]>([]);
  /** Counts the sessions with the server, because each new one must subscribe to presence again. */
  const session = signal(0);
  const numbers = new Map<string, number>();
  const numberOf = (callId: string): number => {
    const known = numbers.get(callId) ?? numbers.size + 1;
    numbers.set(callId, known);
    return known;
  };
  const history = createGrowingList<PastCall>(async ({ pageNo, pageSize }) => {
    const found = await client.call('call.queryCalls', { pageNo, pageSize });
    unseen.value = found.unseen;
    const items = found.calls.map((call) => ({ ...call, id: numberOf(call.callId) }));
    return { items, hasMore: (pageNo + 1) * pageSize < found.totalCount };
  }, 20);

  const learn = (users: readonly Presence[]): void => {
    presence.value = new Map([...presence.peek(), ...users.map((one) => [one.userId, one] as const)]);
  };
  const ignore = (): void => {};
  const loadBlocked = async (): Promise<void> => {
    blocked.value = (await client.call('call.queryBlocked', {})).users;
  };
  effect(() => client.on('presence.changed', ({ users }) => learn(users)));
  effect(() =>
    client.onConnection('hello', ({ resumed }) => {
      if (!resumed) session.value++;
    }),
  );
  effect(() => {
    const userIds = people.list.items.value?.map(({ id }) => id);
    void session.value;
    if (userIds) client.call('presence.watch', { userIds }).then(({ users }) => learn(users), ignore);
  });
  // The server counts missed calls: ask for the number at the start and after each call.
  effect(() => {
    if (identity.user.value) untracked(() => void history.reload());
  });
  effect(() => {
    if (calls.screens.value?.ended.value && identity.user.peek()) untracked(() => void history.reload());
  });
  effect(() => {
    if (!identity.user.value) return;
    client.call('call.querySettings', {}).then((settings) => {
      doNotDisturb.value = settings.doNotDisturb;
    }, ignore);
    loadBlocked().catch(ignore);
  });

  return {
    people,
    presence,
    history,
    unseen,
    doNotDisturb,
    /** The blocked users. */
    blocked,
    call: async (userId: number, type: RoomType): Promise<void> => {
      const screens = await calls.load().catch((cause: unknown) => {
        throw new RTCPeerError('DISCONNECTED', 'The code for calls could not be loaded.', undefined, cause);
      });
      await screens.place(userId, type);
    },
    /** The user looks at the list of calls. */
    async see(): Promise<void> {
      if (unseen.peek() === 0) return;
      unseen.value = 0;
      await client.call('call.markSeen', {});
    },
    async setDoNotDisturb(isOn: boolean): Promise<void> {
      doNotDisturb.value = (await client.call('call.updateSettings', { doNotDisturb: isOn })).doNotDisturb;
    },
    async block(userId: number, isBlocked: boolean): Promise<void> {
      await client.call('call.block', { userId, blocked: isBlocked });
      await loadBlocked();
    },
    reset(): void {
      people.reset();
      history.reset();
      presence.value = new Map();
      unseen.value = 0;
      blocked.value = [];
    },
  };
});

import type { User } from '@meetframe/contract/beans';
import type { CallWaiting } from '@meetframe/contract/callLists';
import { mayCall } from '../account/standing.ts';
import { steadyNow } from '../clock.ts';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../users/tables.ts';
import type { People } from './announce.ts';
import type { CallSettingRow } from './tables.ts';

/** How many users one may block. */
const mostBlocked = 500;
type Settings = Pick<CallSettingRow, 'doNotDisturb' | 'callWaiting' | 'seenAt'>;
const usual: Settings = { doNotDisturb: 0, callWaiting: 'knock', seenAt: 0 };

/** A user's settings for incoming calls: do not disturb, blocked users, and what happens to calls during another call. */
export const makeCallSettings = (store: Store, people: People) => {
  const of = async (userId: number): Promise<Settings> =>
    (await store
      .selectFrom('call_setting')
      .select(['doNotDisturb', 'callWaiting', 'seenAt'])
      .where('userId', '=', userId)
      .executeTakeFirst()) ?? usual;
  const set = async (userId: number, change: Partial<Settings>): Promise<void> => {
    await store
      .insertInto('call_setting')
      .values({ userId, ...usual, ...change })
      .onConflict((known) => known.column('userId').doUpdateSet(change))
      .execute();
  };
  const shown = ({ doNotDisturb, callWaiting }: Settings) => ({ doNotDisturb: doNotDisturb === 1, callWaiting });
  const blocks = (userId: number) => store.selectFrom('call_block').where('userId', '=', userId);

  return {
    of,

    /** How a call is received: a `silent` one rings on no device and ends as unanswered for its caller. */
    async reception(userId: number, callerId: number) {
      const [block, settings] = await Promise.all([
        blocks(userId).select('blockedId').where('blockedId', '=', callerId).executeTakeFirst(),
        of(userId),
      ]);
      const silent = block ? ('blocked' as const) : settings.doNotDisturb === 1 ? ('doNotDisturb' as const) : null;
      return { silent, callWaiting: settings.callWaiting };
    },

    query: async ({ id }: UserRow) => shown(await of(id)),

    async update(
      { doNotDisturb, callWaiting }: { doNotDisturb?: boolean | undefined; callWaiting?: CallWaiting | undefined },
      { id }: UserRow,
    ) {
      const change = {
        ...(doNotDisturb !== undefined && { doNotDisturb: doNotDisturb ? 1 : 0 }),
        ...(callWaiting !== undefined && { callWaiting }),
      };
      if (Object.keys(change).length > 0) await set(id, change);
      return shown(await of(id));
    },

    /** Missed calls that began until now are no longer counted as new. */
    seen: ({ id }: UserRow): Promise<void> => set(id, { seenAt: steadyNow() }),

    /** Blocks a user, or stops that. Only for users who may call this one, or whom this one may call. */
    async block(userId: number, blocked: boolean, me: UserRow): Promise<void> {
      if (!blocked) {
        await store.deleteFrom('call_block').where('userId', '=', me.id).where('blockedId', '=', userId).execute();
        return;
      }
      const other = await store
        .selectFrom('user')
        .select(['companyId', 'role'])
        .where('id', '=', userId)
        .where('id', '!=', me.id)
        .where('deletedAt', 'is', null)
        .executeTakeFirst();
      if (!other || !(mayCall(other, me) || mayCall(me, other)))
        fail('NOT_FOUND', `There is no user ${userId}.`, { field: 'userId' });
      const { count } = await blocks(me.id)
        .select((all) => all.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      if (Number(count) >= mostBlocked)
        fail('CONFLICT', `No more than ${mostBlocked} users can be blocked.`, { field: 'userId' });
      await store
        .insertInto('call_block')
        .values({ userId: me.id, blockedId: userId })
        .onConflict((known) => known.doNothing())
        .execute();
    },

    async blocked({ id }: UserRow): Promise<User[]> {
      const rows = await blocks(id).select('blockedId').orderBy('blockedId').execute();
      const person = await people(rows.map(({ blockedId }) => blockedId));
      return rows.map(({ blockedId }) => person(blockedId));
    },
  };
};
export type CallSettings = ReturnType<typeof makeCallSettings>;

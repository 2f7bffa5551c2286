import type { RoomType } from '@meetframe/contract/beans';
import { type Page, totalOf } from '../lists/paging.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../users/tables.ts';
import type { People } from './announce.ts';
import { durationOf, isMissed, missedBy, shownReason } from './outcome.ts';
import type { CallSettings } from './settings.ts';
import type { CallRow } from './tables.ts';

type Entry = Pick<
  CallRow,
  'id' | 'callerId' | 'calleeId' | 'type' | 'state' | 'reason' | 'createdAt' | 'connectedAt' | 'endedAt' | 'agreedAt'
>;
const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());
/** The calls of a user, latest first. A callee does not see the calls of users whom it blocked. */
export const makeCallHistory = (store: Store, parts: { settings: Pick<CallSettings, 'of'>; people: People }) => {
  const missed = (userId: number) =>
    store
      .selectFrom('call')
      .where('calleeId', '=', userId)
      .where('agreedAt', 'is', null)
      .where('reason', 'in', missedBy);
  const all = (userId: number) =>
    store
      .selectFrom('call')
      .where((row) =>
        row.or([
          row('callerId', '=', userId),
          row.and([row('calleeId', '=', userId), row.or([row('silent', 'is', null), row('silent', '!=', 'blocked')])]),
        ]),
      );

  const unseen = async (userId: number): Promise<number> => {
    const { seenAt } = await parts.settings.of(userId);
    const { count } = await missed(userId)
      .where('createdAt', '>', seenAt)
      .select((rows) => rows.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  };

  return {
    unseen,

    async query(page: Page, { onlyMissed = false }: { onlyMissed?: boolean | undefined }, { id: me }: UserRow) {
      const some = () => (onlyMissed ? missed(me) : all(me));
      const rows = await some()
        .select([
          'id',
          'callerId',
          'calleeId',
          'type',
          'state',
          'reason',
          'createdAt',
          'agreedAt',
          'connectedAt',
          'endedAt',
        ])
        .orderBy('createdAt', 'desc')
        .orderBy('id')
        .offset(page.offset)
        .limit(page.size)
        .execute();
      const peerOf = ({ callerId, calleeId }: Entry): number => (callerId === me ? calleeId : callerId);
      const person = await parts.people(rows.map(peerOf));
      const calls = rows.map((row) => ({
        callId: row.id,
        outgoing: row.callerId === me,
        peer: person(peerOf(row)),
        type: row.type as RoomType,
        state: row.state,
        reason: shownReason(row.reason),
        missed: row.calleeId === me && isMissed(row),
        startTime: new Date(row.createdAt).toISOString(),
        endTime: iso(row.endedAt),
        duration: durationOf(row),
      }));
      const totalCount = await totalOf(page, rows.length, async () =>
        Number(
          (
            await some()
              .select((each) => each.fn.countAll<number>().as('count'))
              .executeTakeFirstOrThrow()
          ).count,
        ),
      );
      return { calls, totalCount, unseen: await unseen(me) };
    },
  };
};
export type CallHistory = ReturnType<typeof makeCallHistory>;

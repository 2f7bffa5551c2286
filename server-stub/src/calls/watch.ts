import type { Emit } from '@meetframe/contract/api';
import { steadyNow } from '../clock.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Log } from '../log.ts';
import type { Meetings } from '../meeting/meetings.ts';
import { answered, isAnswered, unanswered } from './callStore.ts';
import type { Calls } from './calls.ts';
import { both, lostFor, partyOf } from './parties.ts';
import type { CallRow } from './tables.ts';

/** How often live calls are looked at, in milliseconds. */
const every = 1000;
/** How long a connected call may go on without being looked at again, in milliseconds. */
const checked = 30_000;
/** If no device rings within this time, in milliseconds, the caller is told that the callee is not reached yet. */
const unheard = 5000;

type Parts = {
  calls: Calls;
  meetings: Pick<Meetings, 'events'>;
  cluster: Pick<Cluster, 'devicesOf'>;
  log: Log;
};

/**
 * Ends what would otherwise last for ever: calls that are not answered, whose devices are gone, or whose users do not meet. The times are
 * in the database, so a restart of the server loses none.
 */
export const watchCalls = ({ calls, meetings, cluster, log }: Parts): { close(): void } => {
  const { calls: rows, parties, announce, end } = calls;
  const startedAt = steadyNow();

  /** Calls whose caller was told that no device rings. */
  const tried = new Set<string>();

  const isIn = (userId: number, { roomId }: CallRow): boolean =>
    roomId !== null && cluster.devicesOf(userId).some((device) => device.roomId === roomId);

  /** After a start of the server the devices of older calls need some time to come back. */
  const isReturning = ({ createdAt }: CallRow, now: number): boolean =>
    createdAt < startedAt && now - startedAt < lostFor;

  /** An agreed or connected call: do both users meet? */
  const check = async (row: CallRow, now: number): Promise<void> => {
    const caller = isIn(row.callerId, row);
    const callee = isIn(row.calleeId, row);
    if (caller && callee) {
      const metAt = row.metAt ?? now;
      const connectedAt = row.connectedAt ?? now;
      const met = { state: 'connected', metAt, connectedAt, expiresAt: now + checked } as const;
      const next = await rows.move(row.id, answered, met);
      if (next && row.state === 'agreed') await announce.changedForBoth(next);
    } else if ((row.expiresAt ?? 0) > now || isReturning(row, now)) return;
    else if (row.metAt !== null) await end(row, caller ? 'calleeGone' : 'callerGone', { from: ['connected'] });
    else await end(row, 'failed', { from: answered });
  };

  /** An unanswered call: is its time over, or is one side gone? */
  const look = async (row: CallRow, now: number): Promise<void> => {
    const from = unanswered;
    if ((row.expiresAt ?? 0) <= now)
      return void (await end(row, row.silent === 'blocked' ? 'blocked' : 'noAnswer', { from }));
    if (isReturning(row, now)) return;
    if (!parties.holder(row, { userId: row.callerId, side: 'caller' })) await end(row, 'callerGone', { from });
    else if (row.silent === null && parties.ringing(row).length === 0) await end(row, 'calleeGone', { from });
    else if (row.state === 'inviting' && now - row.createdAt >= unheard && !tried.has(row.id)) {
      tried.add(row.id);
      await rows.unheard(row);
      announce.event(row, both(row)[1], { event: 'onUnreachable' });
    }
  };

  /** Logs an error with one call, so that the other calls are still checked. */
  const report = (error: unknown) => log.warn({ err: error }, 'a call could not be checked');

  const sweep = async (): Promise<void> => {
    const now = steadyNow();
    const pending = await rows.pending(now);
    for (const row of pending) await (isAnswered(row) ? check(row, now) : look(row, now)).catch(report);
    const live = new Set(pending.map(({ id }) => id));
    for (const id of tried) if (!live.has(id)) tried.delete(id);
  };
  let isRunning = false;
  const timer = setInterval(async () => {
    if (isRunning) return;
    isRunning = true;
    await sweep().catch((error) => log.warn({ err: error }, 'live calls could not be checked'));
    isRunning = false;
  }, every);

  /** Calls `step` for each live call of a user, and logs errors. */
  const follow = (userId: number | undefined, step: (row: CallRow, userId: number) => Promise<unknown>): void => {
    const all = async () => {
      if (userId !== undefined) for (const row of await rows.ofUser(userId)) await step(row, userId);
    };
    all().catch(report);
  };
  type Seat = { inCalls: number | undefined; emit: Emit };
  /** Tells a participant who enters which users are being called into the meeting. */
  const tellCalled = async (roomId: number, { emit }: Seat): Promise<void> => {
    for (const row of await rows.intoRoom(roomId)) emit('call.toRoom', await announce.calledToRoom(row));
  };
  const entered = ({ room }: { room: { id: number } }, seat: Seat): void => {
    follow(seat.inCalls, async (row) => {
      if (isAnswered(row)) await check(row, steadyNow());
    });
    tellCalled(room.id, seat).catch(report);
  };
  const left = ({ room }: { room: { id: number } }, { inCalls }: Seat): void =>
    follow(inCalls, async (row, userId) => {
      const by = partyOf(row, userId);
      if (row.roomId === room.id && row.metAt !== null && !isIn(by.userId, row))
        await end(row, 'hungUp', { from: ['connected'], by });
    });
  meetings.events.on('entered', entered);
  meetings.events.on('left', left);

  return {
    close() {
      clearInterval(timer);
      meetings.events.off('entered', entered);
      meetings.events.off('left', left);
    },
  };
};

import type { RoomType } from '@meetframe/contract/beans';
import type { CallReason } from '@meetframe/contract/calls';
import { steadyNow } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { Occurrence } from '../webhooks/outbox.ts';
import { durationOf, isMissed, shownReason } from './outcome.ts';
import { both, type Party, shownId } from './parties.ts';
import type { CallRow } from './tables.ts';

type Person = { id: number; account: string; name: string; companyId: number | null };

const subjectOf = ({ id }: CallRow): string => `call ${id}`;
const text = (time: number): string => new Date(time).toISOString();

/** The data of webhook events about a call. Reads its two users within the transaction of the step. */
const aboutCall = async (row: CallRow, within: Store) => {
  const [caller, callee] = both(row);
  const people: Person[] = await within
    .selectFrom('user')
    .select(['id', 'account', 'name', 'companyId'])
    .where('id', 'in', [row.callerId, row.calleeId])
    .execute();
  const person = (party: Party, companyId: number) => {
    const [userId, shown] = [party.userId, shownId(row, party)];
    const known = people.find(({ id }) => id === userId);
    const isOwn = known?.companyId === companyId && shown === userId;
    return { id: shown, account: isOwn ? known.account : null, name: known?.name ?? '' };
  };
  return {
    common: { subject: subjectOf(row), companyIds: people.map(({ companyId }) => companyId) },
    data: (companyId: number) => ({
      callId: row.id,
      type: row.type as RoomType,
      roomId: row.roomId,
      caller: person(caller, companyId),
      callee: person(callee, companyId),
      data: row.data,
      startTime: text(row.createdAt),
    }),
  };
};

/** The event that a call rings or (`reached` false) that no device of the callee has reported that it rings. None for silent calls. */
export const ringing = async (
  row: CallRow,
  { reached, time = steadyNow() }: { reached: boolean; time?: number },
  within: Store,
): Promise<Occurrence[]> => {
  if (row.silent !== null) return [];
  const { common, data } = await aboutCall(row, within);
  return [
    {
      ...common,
      event: 'call.ringing',
      key: `call_ringing_${reached ? 'reached' : 'unreached'}_${row.id}`,
      time,
      data: (companyId) => ({
        ...data(companyId),
        reached,
        ringsUntil: row.expiresAt === null ? null : text(row.expiresAt),
      }),
    },
  ];
};

export const answeredCall = async (row: CallRow, within: Store): Promise<Occurrence[]> => {
  const { common, data } = await aboutCall(row, within);
  const time = row.agreedAt ?? steadyNow();
  return [
    {
      ...common,
      event: 'call.answered',
      key: `call_answered_${row.id}`,
      time,
      data: (companyId) => ({ ...data(companyId), answerTime: text(time) }),
    },
  ];
};

export const endedCall = async (row: CallRow, within: Store): Promise<Occurrence[]> => {
  const { common, data } = await aboutCall(row, within);
  const time = row.endedAt ?? steadyNow();
  const ended = (companyId: number) => ({
    ...data(companyId),
    reason: shownReason(row.reason) as CallReason,
    answerTime: row.agreedAt === null ? null : text(row.agreedAt),
    endTime: text(time),
    duration: durationOf(row),
  });
  const unreached =
    row.reason === 'unreachable' ? await ringing(row, { reached: false, time: row.createdAt }, within) : [];
  const missed: Occurrence[] = isMissed(row)
    ? [{ ...common, event: 'call.missed', key: `call_missed_${row.id}`, time, data: ended }]
    : [];
  return [...unreached, { ...common, event: 'call.ended', key: `call_ended_${row.id}`, time, data: ended }, ...missed];
};

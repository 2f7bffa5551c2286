import { randomInt } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { resolveInvitees } from './invitations.ts';
import type { AppointmentRow } from './tables.ts';

export type Topic = { title: string; content?: string | null | undefined };
export type Members = Awaited<ReturnType<typeof resolveInvitees>>;

/** Ten random digits, because users type them. */
const freshCode = () => String(randomInt(1_000_000_000, 10_000_000_000));

const isTaken = async (all: Store, table: 'appointment' | 'appointment_series', inviteCode: string): Promise<boolean> =>
  (await all.selectFrom(table).select('id').where('inviteCode', '=', inviteCode).executeTakeFirst()) !== undefined;

/** Runs `insert` again with another code when another appointment, or series, already has the code. */
const withCode = async (
  all: Store,
  other: 'appointment' | 'appointment_series',
  insert: (inviteCode: string) => Promise<{ id: number } | undefined>,
): Promise<{ id: number; inviteCode: string }> => {
  for (;;) {
    const inviteCode = freshCode();
    if (await isTaken(all, other, inviteCode)) continue;
    const made = await insert(inviteCode);
    if (made) return { id: made.id, inviteCode };
  }
};

type NewAppointment = Omit<Insertable<Tables['appointment']>, 'inviteCode' | 'id'>;
export const insertAppointment = (all: Store, row: NewAppointment) =>
  withCode(all, 'appointment_series', (inviteCode) =>
    all
      .insertInto('appointment')
      .values({ ...row, inviteCode })
      .onConflict((clash) => clash.column('inviteCode').doNothing())
      .returning('id')
      .executeTakeFirst(),
  );

type NewSeries = Omit<Insertable<Tables['appointment_series']>, 'inviteCode' | 'id'>;
export const insertSeries = (all: Store, row: NewSeries) =>
  withCode(all, 'appointment', (inviteCode) =>
    all
      .insertInto('appointment_series')
      .values({ ...row, inviteCode })
      .onConflict((clash) => clash.column('inviteCode').doNothing())
      .returning('id')
      .executeTakeFirst(),
  );

/** Replaces the members and topics that are given. */
export const replaceLists = async (
  all: Store,
  { id: appointmentId, startTime, endTime }: Pick<AppointmentRow, 'id' | 'startTime' | 'endTime'>,
  lists: { members?: Members | undefined; topics?: readonly Topic[] | undefined },
): Promise<void> => {
  if (lists.members) {
    await all.deleteFrom('appointment_member').where('appointmentId', '=', appointmentId).execute();
    if (lists.members.length)
      await all
        .insertInto('appointment_member')
        .values(lists.members.map((member) => ({ ...member, appointmentId, startTime, endTime })))
        .execute();
  }
  if (lists.topics) {
    await all.deleteFrom('appointment_topic').where('appointmentId', '=', appointmentId).execute();
    if (lists.topics.length)
      await all
        .insertInto('appointment_topic')
        .values(
          lists.topics.map(({ title, content }, position) => ({
            appointmentId,
            position,
            title,
            content: content ?? null,
          })),
        )
        .execute();
  }
};

/**
 * Uses a room for one more appointment, and sets the given limit and password. A room that was created for one appointment becomes
 * permanent: it no longer closes with that appointment.
 */
export const shareRoom = async (
  all: Store,
  roomId: number,
  { numberLimit, password }: { numberLimit: number | undefined; password: string | null },
): Promise<void> => {
  await all
    .updateTable('room')
    .set({ appointmentId: null, ...(numberLimit !== undefined && { numberLimit }), ...(password && { password }) })
    .where('id', '=', roomId)
    .execute();
  await all
    .updateTable('appointment')
    .set({ ownsRoom: 0 })
    .where('roomId', '=', roomId)
    .where('ownsRoom', '=', 1)
    .execute();
};

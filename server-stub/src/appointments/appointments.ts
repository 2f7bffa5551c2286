import { randomInt } from 'node:crypto';
import type { Definition, RoomType } from '@meetframe/contract/beans';
import type { Insertable } from 'kysely';
import type { CallerApp } from '../account/app.ts';
import { administers } from '../account/standing.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import type { Access } from '../rooms/access.ts';
import { insertRoom } from '../rooms/numbers.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Schedule } from '../rooms/schedule.ts';
import { locked } from '../store/exclusive.ts';
import { hashPassword } from '../store/passwords.ts';
import { longest } from '../store/spans.ts';
import type { Store } from '../store/store.ts';
import type { AppointmentRow, Tables, UserRow } from '../store/tables.ts';
import { type Invitee, resolveInvitees } from './invitations.ts';

export type Asker = { app: CallerApp | undefined; user: UserRow; ip: string };
type Topic = { title: string; content?: string | null | undefined };
/** The data of an appointment that can be given when it is created or changed. */
export type Details = {
  name?: string | undefined;
  description?: string | null | undefined;
  definition?: Definition | undefined;
  type?: RoomType | undefined;
  startTime?: number | undefined;
  endTime?: number | undefined;
  isPublic?: boolean | undefined;
  members?: readonly Invitee[] | undefined;
  topics?: readonly Topic[] | undefined;
};
/** Data that only section 5.12 has. */
type Extras = {
  roomId?: number | undefined;
  numberLimit?: number | undefined;
  pin?: string | undefined;
  template?: number | undefined;
  postUrl?: string | null | undefined;
  baseUrl?: string | undefined;
};
export type Made = { id: number; roomId: number; inviteCode: string };

const hour = 3600_000;
const usualName = '即时会议';

const checkTimes = (startTime: number, endTime: number, now: number): void => {
  const refuse = (field: string, expected: string) =>
    fail('INVALID_ARGUMENT', `${field} should be ${expected}.`, { field, expected });
  if (endTime <= startTime) refuse('endTime', 'later than startTime');
  if (endTime - startTime > longest) refuse('endTime', 'at most a year after startTime');
  if (endTime <= now) refuse('endTime', 'in the future');
};

/** Ten random digits, because users type them. */
const freshCode = () => String(randomInt(1_000_000_000, 10_000_000_000));

/** Runs `work` again with another code when another appointment already has the code. */
const insertWithCode = async (all: Store, row: Omit<Insertable<Tables['appointment']>, 'inviteCode' | 'id'>) => {
  for (;;) {
    const inviteCode = freshCode();
    const made = await all
      .insertInto('appointment')
      .values({ ...row, inviteCode })
      .onConflict((clash) => clash.column('inviteCode').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made) return { id: made.id, inviteCode };
  }
};

/** When only the start changes, the length stays. */
const timesOf = (details: Details, before: Pick<AppointmentRow, 'startTime' | 'endTime'>) => {
  const startTime = details.startTime ?? before.startTime;
  return { startTime, endTime: details.endTime ?? startTime + before.endTime - before.startTime };
};

export const mayChangeAppointment = (row: AppointmentRow, user: UserRow): boolean =>
  row.ownerId === user.id || administers(user, row.companyId);

/** Appointments (2.19 to 2.22, 2.33, 5.12). */
export const makeAppointments = (
  store: Store,
  access: Access,
  schedule: Schedule,
  options: { cluster: Pick<Cluster, 'facts' | 'tell'>; rooms: Pick<Rooms, 'touch'> },
) => {
  /** Replaces the members and topics that are given. */
  const replaceLists = async (
    all: Store,
    { id: appointmentId, startTime, endTime }: Pick<AppointmentRow, 'id' | 'startTime' | 'endTime'>,
    lists: { members?: Awaited<ReturnType<typeof resolveInvitees>> | undefined; topics?: readonly Topic[] | undefined },
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
   * Gives a room to one more appointment, with the limit and password that are given. A room that was made for one appointment is from
   * then on a lasting room, which several use: it does not close with the first.
   */
  const share = async (
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

  const roomOf = (row: AppointmentRow): number =>
    row.roomId ?? fail('CONFLICT', 'The room of this appointment was deleted.');

  return {
    /** What a participant of its meeting passes on. */
    invitation: (id: number) =>
      store
        .selectFrom('appointment')
        .select(['name', 'inviteCode', 'isPublic', 'startTime', 'endTime'])
        .where('id', '=', id)
        .executeTakeFirst(),

    /** The appointment, if the asker created it, is invited to it, or administers its company. */
    async find(meetingId: number, { user, app }: Asker): Promise<AppointmentRow> {
      const row = await store
        .selectFrom('appointment')
        .selectAll()
        .where('id', '=', meetingId)
        .where('cancelledAt', 'is', null)
        .executeTakeFirst();
      const hidden = () => fail('NOT_FOUND', `There is no appointment ${meetingId}.`, { field: 'meetingId' });
      if (!row) return hidden();
      if (mayChangeAppointment(row, user)) return row;
      if (row.companyId !== user.companyId || (app?.signed && app.companyId !== row.companyId)) return hidden();
      const invited = await store
        .selectFrom('appointment_member')
        .select('position')
        .where('userId', '=', user.id)
        .where('appointmentId', '=', meetingId)
        .executeTakeFirst();
      return invited ? row : hidden();
    },

    async findToChange(meetingId: number, asker: Asker): Promise<AppointmentRow> {
      const row = await this.find(meetingId, asker);
      return mayChangeAppointment(row, asker.user)
        ? row
        : fail('FORBIDDEN', 'Only the user who created the appointment or an administrator may do this.');
    },

    async create(details: Details & Extras, asker: Asker, companyId = asker.user.companyId): Promise<Made> {
      const now = Date.now();
      const startTime = details.startTime ?? now;
      const endTime = details.endTime ?? startTime + hour;
      checkTimes(startTime, endTime, now);
      const given = details.roomId === undefined ? undefined : await access.findToChange(details.roomId, asker);
      const members = await resolveInvitees(store, details.members ?? [], { ...asker, companyId });
      const password = details.pin ? await hashPassword(details.pin, `user ${asker.user.id}`) : null;
      const type = details.type ?? (given?.roomType as RoomType | undefined) ?? 2;
      const definition = details.definition ?? (given?.definition as Definition | undefined) ?? '480p';
      const isPublic = details.isPublic ? 1 : 0;
      const name = details.name || usualName;
      const made = await store.transaction().execute(async (all) => {
        // Records that the room is in use, so that a temporary room waits for the appointment.
        if (given && !(await options.rooms.touch(given.id, all)))
          fail('NOT_FOUND', `There is no room ${given.id}.`, { field: 'roomId' });
        if (given) await share(all, given.id, { numberLimit: details.numberLimit, password });
        const roomId =
          given?.id ??
          (await insertRoom(
            all,
            {
              name,
              ownerId: asker.user.id,
              companyId,
              roomType: type,
              definition,
              numberLimit: details.numberLimit ?? 200,
              isPublic,
              password,
              logo: details.postUrl ?? null,
              comment: details.description ?? null,
              temporary: 0,
              usedAt: now,
              createdAt: now,
              appointmentId: null,
            },
            'random',
          ));
        const { id, inviteCode } = await insertWithCode(all, {
          name,
          description: details.description ?? null,
          type,
          definition,
          startTime,
          endTime,
          actuallyStartTime: null,
          roomId,
          ownsRoom: given ? 0 : 1,
          ownerId: asker.user.id,
          companyId,
          isPublic,
          template: details.template ?? null,
          postUrl: details.postUrl ?? null,
          baseUrl: details.baseUrl ?? null,
          cancelledAt: null,
          createdAt: now,
        });
        if (!given) await all.updateTable('room').set({ appointmentId: id }).where('id', '=', roomId).execute();
        await replaceLists(all, { id, startTime, endTime }, { members, topics: details.topics });
        return { id, roomId, inviteCode };
      });
      if (details.roomId !== undefined) options.cluster.tell('room.changed', { roomId: made.roomId });
      return made;
    },

    async update(meetingId: number, details: Details, asker: Asker): Promise<Made> {
      const row = await this.findToChange(meetingId, asker);
      const roomId = roomOf(row);
      const members =
        details.members && (await resolveInvitees(store, details.members, { ...asker, companyId: row.companyId }));
      const shared = {
        ...(details.name && { name: details.name }),
        ...(details.definition && { definition: details.definition }),
        ...(details.isPublic !== undefined && { isPublic: details.isPublic ? 1 : 0 }),
      };
      await store.transaction().execute(async (all) => {
        if (row.ownsRoom) await locked(all, 'room', roomId);
        // Read the times again: they may have changed, and from here on the row is locked.
        const before = (await locked(all, 'appointment', meetingId)) ?? row;
        const times = timesOf(details, before);
        // A page that gives back the times it got changes nothing, even after the meeting.
        if (times.startTime !== before.startTime || times.endTime !== before.endTime)
          checkTimes(times.startTime, times.endTime, Date.now());
        await all
          .updateTable('appointment')
          .set({
            ...shared,
            ...times,
            ...(details.type && { type: details.type }),
            ...(details.description !== undefined && { description: details.description }),
          })
          .where('id', '=', meetingId)
          .execute();
        const ofRoom = { ...shared, ...(details.type && { roomType: details.type }) };
        if (row.ownsRoom && Object.keys(ofRoom).length)
          await all.updateTable('room').set(ofRoom).where('id', '=', roomId).execute();
        if (!members && (times.startTime !== before.startTime || times.endTime !== before.endTime))
          await all.updateTable('appointment_member').set(times).where('appointmentId', '=', meetingId).execute();
        await replaceLists(all, { id: meetingId, ...times }, { members, topics: details.topics });
      });
      options.cluster.tell('room.changed', { roomId });
      return { id: meetingId, roomId, inviteCode: row.inviteCode };
    },

    /** Renames an appointment on behalf of the moderator of its meeting (3.44). */
    async rename(meetingId: number, name: string): Promise<void> {
      await store.updateTable('appointment').set({ name }).where('id', '=', meetingId).execute();
    },

    /** Cancels an appointment. Returns false while its meeting runs. */
    async cancel(meetingId: number, asker: Asker): Promise<boolean> {
      const row = await this.findToChange(meetingId, asker);
      return await store.transaction().execute(async (all) => {
        // Entering updates the room's row first. So an entry either came before this and is seen here, or finds the appointment cancelled.
        if (row.roomId !== null) await locked(all, 'room', row.roomId);
        const isRunning = row.roomId !== null && (await options.cluster.facts([row.roomId], all)).has(row.roomId);
        if (isRunning && (await schedule.phase(row, Date.now(), all)) === 'open') return false;
        await all.updateTable('appointment').set({ cancelledAt: Date.now() }).where('id', '=', meetingId).execute();
        return true;
      });
    },

    /** Deletes appointments that were cancelled long ago, with the rooms created for them. */
    async removeCancelled(before: number): Promise<void> {
      const gone = await store
        .selectFrom('appointment')
        .select(['id', 'roomId', 'ownsRoom'])
        .where('cancelledAt', '<', before)
        .limit(500)
        .execute();
      if (gone.length === 0) return;
      const rooms = gone.flatMap(({ roomId, ownsRoom }) => (ownsRoom && roomId !== null ? [roomId] : []));
      await store.transaction().execute(async (all) => {
        if (rooms.length) await all.deleteFrom('room').where('id', 'in', rooms).execute();
        await all
          .deleteFrom('appointment')
          .where(
            'id',
            'in',
            gone.map(({ id }) => id),
          )
          .execute();
      });
    },
  };
};
export type Appointments = ReturnType<typeof makeAppointments>;

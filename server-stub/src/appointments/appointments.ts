import { administers } from '../account/standing.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import type { Access } from '../rooms/access.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Schedule } from '../rooms/schedule.ts';
import type { RoomRow } from '../rooms/tables.ts';
import { locked } from '../store/exclusive.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../users/tables.ts';
import { type Asker, checkTimes, type Details, type Made, makeCreation } from './create.ts';
import { resolveInvitees } from './invitations.ts';
import type { MailCount, Mailing } from './mailing.ts';
import { replaceLists } from './rows.ts';
import { comingOf, findSeries, isSameDay, withTimeOf } from './series.ts';
import type { AppointmentRow } from './tables.ts';

/** For an appointment of a series: only this one, or all that are not over. */
type Scope = 'one' | 'all' | undefined;
const hour = 3600_000;

/** The appointment that mails describe: the named one, or the first changed one of its series. */
const aboutThese = (row: AppointmentRow, targets: readonly AppointmentRow[], isWhole: boolean) => ({
  id: (isWhole ? targets[0] : undefined)?.id ?? row.id,
  ids: targets.map(({ id }) => id),
  isWhole,
});

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
  options: { cluster: Pick<Cluster, 'facts' | 'tell'>; rooms: Pick<Rooms, 'touch'>; mailing: Mailing },
) => {
  const { mailing } = options;
  const create = makeCreation({ store, access, ...options });
  const roomOf = (row: AppointmentRow): number =>
    row.roomId ?? fail('CONFLICT', 'The room of this appointment was deleted.');
  const membersOf = (appointmentId: number) =>
    store.selectFrom('appointment_member').selectAll().where('appointmentId', '=', appointmentId).execute();

  return {
    /** What a participant of its meeting passes on to people who should join. */
    async invitation(id: number, room: Pick<RoomRow, 'isPublic'>) {
      const row = await store.selectFrom('appointment').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      const isTold = row.isPublic === 1 || room.isPublic === 0;
      const inviteCode = isTold ? ((await findSeries(store, row))?.inviteCode ?? row.inviteCode) : null;
      return { name: row.name, startTime: row.startTime, endTime: row.endTime, inviteCode };
    },

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

    create,

    /**
     * Changes an appointment, or with `scope: 'all'` those of its series that are not over. Then a new time of day is
     * set for all of them, also for those that were moved singly. The day cannot be changed for all.
     */
    async update(meetingId: number, details: Details & { scope?: Scope }, asker: Asker): Promise<Made> {
      const row = await this.findToChange(meetingId, asker);
      const ownRoom = roomOf(row);
      const series = await findSeries(store, row);
      const whole = details.scope === 'all' ? series : undefined;
      const targets = whole ? await comingOf(store, whole.id) : [row];
      if (targets.length === 0) fail('CONFLICT', 'All meetings of this series are over.');
      const members =
        details.members && (await resolveInvitees(store, details.members, { ...asker, companyId: row.companyId }));
      const before = await membersOf(row.id);
      const isMoved = details.startTime !== undefined || details.endTime !== undefined;
      const wanted = timesOf(details, row);
      if (whole && isMoved && !isSameDay(wanted.startTime, row.startTime, whole.timeZone))
        fail('INVALID_ARGUMENT', 'startTime should be on the day of this meeting when all of a series change.', {
          field: 'startTime',
          expected: 'on the same day',
        });
      if (whole && wanted.endTime - wanted.startTime > 24 * hour)
        fail('INVALID_ARGUMENT', 'endTime should be at most a day after startTime when the meeting repeats.', {
          field: 'endTime',
        });
      const plan = await mailing.plan({
        ...{ asker: asker.user, companyId: row.companyId, notify: details.notify },
        ...{ before, after: members ?? before },
        isNews:
          wanted.startTime !== row.startTime ||
          wanted.endTime !== row.endTime ||
          (details.name !== undefined && details.name !== row.name) ||
          (details.description !== undefined && details.description !== row.description),
      });
      const knew = new Set(before.flatMap((one) => (one.isMailed ? [`${one.userId} ${one.email}`] : [])));
      const listed = members?.map((one) => ({ ...one, isMailed: knew.has(`${one.userId} ${one.email}`) ? 1 : 0 }));
      const shared = {
        ...(details.name && { name: details.name }),
        ...(details.definition && { definition: details.definition }),
        ...(details.isPublic !== undefined && { isPublic: details.isPublic ? 1 : 0 }),
      };

      const timesIn = (target: AppointmentRow) => {
        if (!whole || !isMoved) return whole ? target : { ...timesOf(details, target), slot: target.slot };
        const slot = withTimeOf(target.slot ?? target.startTime, wanted.startTime, whole.timeZone);
        return { startTime: slot, endTime: slot + wanted.endTime - wanted.startTime, slot };
      };
      const updateOne = async (all: Store, target: AppointmentRow) => {
        // Read the times again: they may have changed, and from here on the row is locked.
        const now = (await locked(all, 'appointment', target.id)) ?? target;
        const { startTime, endTime, slot } = timesIn(now);
        const times = { startTime, endTime };
        // A page that gives back the times it got changes nothing, even after the meeting.
        if (startTime !== now.startTime || endTime !== now.endTime) checkTimes(startTime, endTime, Date.now());
        await all
          .updateTable('appointment')
          .set({
            ...shared,
            ...times,
            slot,
            ...(details.type && { type: details.type }),
            ...(details.description !== undefined && { description: details.description }),
            ...(details.waitingRoom !== undefined && { waitingRoom: details.waitingRoom ? 1 : 0 }),
            ...(details.language && { language: details.language }),
            ...(details.timeZone && { timeZone: details.timeZone }),
            ...(!whole && { isChanged: 1 }),
          })
          .where('id', '=', target.id)
          .execute();
        const ofRoom = { ...shared, ...(details.type && { roomType: details.type }) };
        if (target.ownsRoom && target.roomId !== null && Object.keys(ofRoom).length)
          await all.updateTable('room').set(ofRoom).where('id', '=', target.roomId).execute();
        if (!members && (startTime !== now.startTime || endTime !== now.endTime))
          await all.updateTable('appointment_member').set(times).where('appointmentId', '=', target.id).execute();
        await replaceLists(all, { id: target.id, ...times }, { members: listed, topics: details.topics });
      };

      await store.transaction().execute(async (all) => {
        const rooms = targets.flatMap(({ ownsRoom, roomId }) => (ownsRoom && roomId !== null ? [roomId] : []));
        for (const roomId of rooms.sort((a, b) => a - b)) await locked(all, 'room', roomId);
        for (const target of [...targets].sort((a, b) => a.id - b.id)) await updateOne(all, target);
        if (whole && isMoved)
          await all
            .updateTable('appointment_series')
            .set({ startTime: withTimeOf(whole.startTime, wanted.startTime, whole.timeZone) })
            .where('id', '=', whole.id)
            .execute();
        await mailing.write(all, plan, aboutThese(row, targets, whole !== undefined));
      });
      for (const roomId of new Set(targets.flatMap(({ roomId }) => roomId ?? [])))
        options.cluster.tell('room.changed', { roomId });
      const mail = mailing.send(plan);
      return { id: meetingId, roomId: ownRoom, inviteCode: series?.inviteCode ?? row.inviteCode, mail };
    },

    /** Renames an appointment on behalf of the moderator of its meeting (3.44). */
    async rename(meetingId: number, name: string): Promise<void> {
      await store.updateTable('appointment').set({ name, isChanged: 1 }).where('id', '=', meetingId).execute();
    },

    /** Cancels an appointment, or all appointments of its series that are not over. `isDone` is false while a meeting runs. */
    async cancel(
      meetingId: number,
      { scope, notify }: { scope?: Scope; notify?: boolean | undefined },
      asker: Asker,
    ): Promise<{ isDone: boolean; mail: MailCount }> {
      const row = await this.findToChange(meetingId, asker);
      const whole = scope === 'all' && row.seriesId !== null ? row.seriesId : undefined;
      const coming = whole === undefined ? [] : await comingOf(store, whole);
      const targets = coming.length ? coming : [row];
      const isComing = row.endTime > Date.now();
      const plan = await mailing.plan({
        ...{ asker: asker.user, companyId: row.companyId, notify: isComing || coming.length ? notify : false },
        ...{ before: await membersOf(row.id), after: [], isNews: true },
      });
      const ids = targets.map(({ id }) => id);
      const rooms = [...new Set(targets.flatMap(({ roomId }) => roomId ?? []))].sort((a, b) => a - b);
      const isDone = await store.transaction().execute(async (all) => {
        // Entering updates the room's row first. So an entry either came before this and is seen here, or finds the appointment cancelled.
        for (const roomId of rooms) await locked(all, 'room', roomId);
        const running = rooms.length ? await options.cluster.facts(rooms, all) : new Map();
        for (const target of targets)
          if (
            target.roomId !== null &&
            running.has(target.roomId) &&
            (await schedule.phase(target, Date.now(), all)) === 'open'
          )
            return false;
        await all.updateTable('appointment').set({ cancelledAt: Date.now() }).where('id', 'in', ids).execute();
        await mailing.write(all, plan, aboutThese(row, targets, whole !== undefined));
        return true;
      });
      if (isDone) for (const roomId of rooms) options.cluster.tell('room.changed', { roomId });
      return { isDone, mail: isDone ? mailing.send(plan) : { sent: 0, unsent: 0 } };
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
        await all
          .deleteFrom('appointment_series')
          .where('id', 'not in', (any) =>
            any
              .selectFrom('appointment')
              .select('seriesId')
              .where('seriesId', 'is not', null)
              .$castTo<{ seriesId: number }>(),
          )
          .execute();
      });
    },
  };
};
export type Appointments = ReturnType<typeof makeAppointments>;

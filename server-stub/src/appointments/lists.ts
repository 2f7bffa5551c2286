import type { Appointment, Series, User } from '@meetframe/contract/beans';
import { sql } from 'kysely';
import { administers } from '../account/standing.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Due, Schedule } from '../rooms/schedule.ts';
import type { RoomRow } from '../rooms/tables.ts';
import { merged } from '../store/merged.ts';
import { type Span, touching } from '../store/spans.ts';
import type { Store } from '../store/store.ts';
import { bucketOf, seek, total } from '../store/tally.ts';
import { seesContacts } from '../users/contacts.ts';
import type { UserRow } from '../users/tables.ts';
import { appointmentBean } from './bean.ts';
import { calendarOf, type Subject } from './calendarFile.ts';
import { comingOf, findSeries, seriesBean } from './series.ts';
import type { AppointmentRow } from './tables.ts';

/** What the lists need from other features: the users who created appointments, and who moderates now. */
type Sources = {
  usersById(ids: readonly number[], viewer: UserRow | undefined): Promise<Map<number, User>>;
  cluster: Pick<Cluster, 'facts'>;
};

/** Lists of appointments (2.20, 2.23 to 2.25). The database returns only the requested page. */
export const makeAppointmentLists = (store: Store, sources: Sources) => {
  /** The appointments as `viewer` may see them. */
  const beans = async (rows: readonly AppointmentRow[], viewer: UserRow | undefined): Promise<Appointment[]> => {
    const [users, running] = await Promise.all([
      sources.usersById(
        rows.flatMap(({ ownerId }) => (ownerId === null ? [] : [ownerId])),
        viewer,
      ),
      sources.cluster.facts(rows.flatMap(({ roomId }) => (roomId === null ? [] : [roomId]))),
    ]);
    return rows.map((row) => {
      const from = row.ownerId === null ? undefined : users.get(row.ownerId);
      return appointmentBean(
        row,
        from ?? null,
        row.roomId === null ? null : (running.get(row.roomId)?.moderator ?? null),
      );
    });
  };

  /** Sorted by start. */
  const byIds = async (ids: readonly { id: number }[], order: 'asc' | 'desc'): Promise<AppointmentRow[]> =>
    ids.length === 0
      ? []
      : await store
          .selectFrom('appointment')
          .selectAll()
          .where(
            'id',
            'in',
            ids.map(({ id }) => id),
          )
          .orderBy('startTime', order)
          .orderBy('id', order)
          .execute();

  /** Appointments of this user that touch the span, found by index: those the user created, and those with an invitation. */
  const concerning = (user: UserRow, span: Span) => ({
    made: touching('appointment', span).map((touches) =>
      store
        .selectFrom('appointment')
        .select(['appointment.id', 'appointment.startTime'])
        .where('appointment.ownerId', '=', user.id)
        .where('appointment.cancelledAt', 'is', null)
        .where(touches),
    ),
    // Distinct, because a user may be listed twice in one appointment.
    invited: touching('appointment_member', span).map((touches) =>
      store
        .selectFrom('appointment_member')
        .innerJoin('appointment', 'appointment.id', 'appointment_member.appointmentId')
        .select(['appointment_member.appointmentId as id', 'appointment_member.startTime'])
        .distinct()
        .where('appointment_member.userId', '=', user.id)
        .where('appointment.cancelledAt', 'is', null)
        .where(touches),
    ),
  });

  return {
    bean: async (row: AppointmentRow, viewer: UserRow | undefined): Promise<Appointment> =>
      (await beans([row], viewer))[0] as Appointment,

    /** Of the appointments due in public rooms, those that are private and do not concern this user. */
    async hiddenFrom(
      user: UserRow | undefined,
      rooms: readonly RoomRow[],
      due: ReadonlyMap<number, Due>,
    ): Promise<Set<number>> {
      const isNear = (room: RoomRow, { ownerId }: Due): boolean =>
        user !== undefined && (user.id === ownerId || user.id === room.ownerId || administers(user, room.companyId));
      const unsure = rooms.flatMap((room) => {
        const appointment = room.isPublic ? due.get(room.id) : undefined;
        return appointment && !appointment.isPublic && !isNear(room, appointment)
          ? [{ roomId: room.id, id: appointment.id }]
          : [];
      });
      if (!user || unsure.length === 0) return new Set(unsure.map(({ id }) => id));
      const ids = unsure.map(({ id }) => id);
      const roomIds = unsure.map(({ roomId }) => roomId);
      const [invited, joined] = await Promise.all([
        store
          .selectFrom('appointment_member')
          .select('appointmentId')
          .where('userId', '=', user.id)
          .where('appointmentId', 'in', ids)
          .execute(),
        store
          .selectFrom('room_member')
          .select('roomId')
          .where('userId', '=', user.id)
          .where('roomId', 'in', roomIds)
          .execute(),
      ]);
      const known = new Set(invited.map(({ appointmentId }) => appointmentId));
      const inside = new Set(joined.map(({ roomId }) => roomId));
      return new Set(unsure.flatMap(({ id, roomId }) => (known.has(id) || inside.has(roomId) ? [] : [id])));
    },

    /** `viewer` sees e-mail addresses as the one who may change the appointment and wrote them, or as {@link seesContacts} says. */
    async membersAndTopics({ id: appointmentId, companyId, ...row }: AppointmentRow, viewer: UserRow) {
      const mayChange = row.ownerId === viewer.id || administers(viewer, companyId);
      const [members, topics] = await Promise.all([
        store
          .selectFrom('appointment_member')
          .leftJoin('user', 'user.id', 'appointment_member.userId')
          .leftJoin('company', 'company.id', 'user.companyId')
          .selectAll('appointment_member')
          .select(['user.email as ofAccount', 'company.contactOpened'])
          .where('appointmentId', '=', appointmentId)
          .orderBy('position')
          .execute(),
        store
          .selectFrom('appointment_topic')
          .select(['title', 'content'])
          .where('appointmentId', '=', appointmentId)
          .orderBy('position')
          .execute(),
      ]);
      return {
        members: members.map(({ codeId, name, email, role, userId, ofAccount, contactOpened }) => {
          const sees = seesContacts(viewer, { id: userId, companyId, contactOpened });
          const written = mayChange || sees ? email : null;
          return { codeId, name, email: written ?? (sees ? ofAccount : null), role: String(role), id: userId };
        }),
        topics,
      };
    },

    /** Appointments that the user created or is invited to and that touch the span, sorted by start. */
    async mine(user: UserRow, span: Span, page: { offset: number; size: number }) {
      const reach = page.offset + page.size;
      // Short index scans, each already in order, instead of one over every row that could match.
      const { made, invited } = concerning(user, span);
      const walks = [
        ...made.map((some) => some.orderBy('appointment.startTime').orderBy('appointment.id').limit(reach)),
        ...invited.map((some) =>
          some.orderBy('appointment_member.startTime').orderBy('appointment_member.appointmentId').limit(reach),
        ),
      ];
      const ids = await merged(store, walks)
        .orderBy('startTime')
        .orderBy('id')
        .offset(page.offset)
        .limit(page.size)
        .execute();
      return await beans(await byIds(ids, 'asc'), user);
    },

    /** How many {@link mine} lists. There is no stored count: this reads all that touch the span. */
    async countMine(user: UserRow, span: Span): Promise<number> {
      const { made, invited } = concerning(user, span);
      const { count } = await store
        .selectFrom(merged(store, [...made, ...invited]).as('all'))
        .select((of) => of.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return count;
    },

    /** Latest first. */
    async ofRoom(roomId: number, page: { offset: number; size: number }, viewer: UserRow) {
      const rows = async () => {
        const { to, skip } = await seek(store, { list: 'appointment', owner: roomId, order: 'desc', ...page });
        return await store
          .selectFrom('appointment')
          .selectAll()
          .where('roomId', '=', roomId)
          .where('cancelledAt', 'is', null)
          .where('startTime', '<', to)
          .orderBy('startTime', 'desc')
          .orderBy('id', 'desc')
          .offset(skip)
          .limit(page.size)
          .execute();
      };
      const [totalCount, found] = await Promise.all([total(store, 'appointment', roomId), rows()]);
      return { totalCount, resultList: await beans(found, viewer) };
    },

    /** Latest first, for a viewer who has access only because the room is public: without private appointments of others. */
    async ofRoomForGuest(roomId: number, page: { offset: number; size: number }, guest: UserRow) {
      const standing = (isPublic: 0 | 1) =>
        store
          .selectFrom('appointment')
          .select(['appointment.id', 'appointment.startTime'])
          .where('appointment.roomId', '=', roomId)
          .where('appointment.cancelledAt', 'is', null)
          .where('appointment.isPublic', '=', sql.lit(isPublic));
      const near = [
        standing(0).where('appointment.ownerId', '=', guest.id),
        standing(0)
          .innerJoin('appointment_member', 'appointment_member.appointmentId', 'appointment.id')
          .where('appointment_member.userId', '=', guest.id),
      ];
      const ids = async () => {
        const { to, skip } = await seek(store, {
          list: 'openAppointment',
          owner: roomId,
          offset: page.offset,
          order: 'desc',
          others: store
            .selectFrom(merged(store, near).as('near'))
            .select([bucketOf('openAppointment', 'near.startTime'), sql<number>`1`.as('size')]),
        });
        const open = standing(1)
          .where('appointment.startTime', '<', to)
          .orderBy('appointment.startTime', 'desc')
          .orderBy('appointment.id', 'desc')
          .limit(skip + page.size);
        // The plus keeps SQLite from using the index on times, which would read all appointments of the room to find the few that are near.
        const before = (some: (typeof near)[number]) => some.where(sql`+${sql.ref('appointment.startTime')}`, '<', to);
        return await merged(store, [open, ...near.map(before)])
          .orderBy('startTime', 'desc')
          .orderBy('id', 'desc')
          .offset(skip)
          .limit(page.size)
          .execute();
      };
      const [openCount, { count }, found] = await Promise.all([
        total(store, 'openAppointment', roomId),
        store
          .selectFrom(merged(store, near).as('near'))
          .select((of) => of.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow(),
        ids(),
      ]);
      return { totalCount: openCount + count, resultList: await beans(await byIds(found, 'desc'), guest) };
    },

    /**
     * Finds an appointment by invite code, otherwise by id; a cancelled one too. The code of a series leads to the meeting that is due: the
     * next one, or the one before while it still runs and the next is not open yet.
     */
    async byCode(
      code: { inviteCode?: string | undefined; code?: number | undefined },
      phase: Schedule['phase'],
    ): Promise<AppointmentRow | undefined> {
      const by = () => store.selectFrom('appointment').selectAll();
      if (code.inviteCode === undefined)
        return await by()
          .where('id', '=', code.code ?? 0)
          .executeTakeFirst();
      const series = await store
        .selectFrom('appointment_series')
        .select('id')
        .where('inviteCode', '=', code.inviteCode)
        .executeTakeFirst();
      if (!series) return await by().where('inviteCode', '=', code.inviteCode).executeTakeFirst();
      const [next] = await comingOf(store, series.id);
      const ended = () => by().where('seriesId', '=', series.id).orderBy('startTime', 'desc');
      const last = await ended().where('cancelledAt', 'is', null).where('endTime', '<=', Date.now()).executeTakeFirst();
      if (!next) return last ?? (await ended().executeTakeFirst());
      const isStillOn = last && (await phase(last)) === 'open' && (await phase(next)) === 'early';
      return isStillOn ? last : next;
    },

    seriesOf: (row: AppointmentRow) => findSeries(store, row),

    /** Of these appointments, those that belong to a series. */
    async repeating(meetings: readonly { id: number }[]): Promise<{ meetingId: number; series: Series }[]> {
      if (meetings.length === 0) return [];
      const rows = await store
        .selectFrom('appointment')
        .innerJoin('appointment_series', 'appointment_series.id', 'appointment.seriesId')
        .selectAll('appointment_series')
        .select('appointment.id as meetingId')
        .where(
          'appointment.id',
          'in',
          meetings.map(({ id }) => id),
        )
        .orderBy('appointment.startTime')
        .orderBy('appointment.id')
        .execute();
      return rows.map(({ meetingId, ...row }) => ({ meetingId, series: seriesBean(row) }));
    },

    calendar: (subject: Subject, origin: string) => calendarOf(store, subject, origin),
  };
};
export type AppointmentLists = ReturnType<typeof makeAppointmentLists>;

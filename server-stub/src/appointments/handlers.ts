import { appointmentMethods } from '@meetframe/contract/appointments';
import type { Definition, RoomType } from '@meetframe/contract/beans';
import { implement } from '@meetframe/contract/define';
import type { Locale } from '@meetframe/contract/look';
import { askerOf, type Caller, userOf } from '../account/caller.ts';
import { requireMaker, requireSelf } from '../account/standing.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import { pageOf, pagesOf, totalOf } from '../lists/paging.ts';
import type { Access } from '../rooms/access.ts';
import { roomBean } from '../rooms/bean.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Schedule } from '../rooms/schedule.ts';
import type { Guard } from '../throttle/guard.ts';
import type { Limit } from '../throttle/limit.ts';
import { sourceOf } from '../throttle/source.ts';
import type { DistinctLimit } from '../throttle/throttles.ts';
import type { Users } from '../users/users.ts';
import { inviteAddress } from './address.ts';
import { type Appointments, mayChangeAppointment } from './appointments.ts';
import type { Made } from './create.ts';
import type { AppointmentLists } from './lists.ts';
import type { Mailing } from './mailing.ts';
import { seriesBean } from './series.ts';
import type { AppointmentRow } from './tables.ts';

const threeDays = 72 * 3600_000;

export type AppointmentServices = {
  access: Access;
  appointments: Appointments;
  appointmentLists: AppointmentLists;
  mailing: Pick<Mailing, 'sends'>;
  schedule: Schedule;
  cluster: Pick<Cluster, 'facts'>;
  rooms: Rooms;
  users: Users;
  /** How often a caller may create appointments. */
  making: Limit;
  /** How many wrong invite codes an address may try. */
  codes: Guard;
  /** How many different meetings a caller may find by id without being invited. */
  lookups: DistinctLimit;
  /** The platform's own origin. */
  origin(): string;
};

export const appointmentHandlers = (services: AppointmentServices) => {
  const { access, appointments, appointmentLists: lists, schedule, cluster, rooms, making, codes, users } = services;
  const { lookups, mailing, origin } = services;

  const maker = async (caller: Caller) => {
    const user = requireMaker(userOf(caller));
    const source = sourceOf(caller);
    await making.take(source);
    return { ...askerOf(caller), user, spend: (appointments: number) => making.take(source, appointments) };
  };
  /** Language of mails: the one that the caller names, otherwise the one that its browser prefers. */
  const speaking = <I extends { language?: Locale | undefined }>(input: I, { device }: Caller) => ({
    ...input,
    language: input.language ?? device?.locale,
  });
  const answer = ({ id, roomId, inviteCode, mail }: Made, base?: string | null) => ({
    ...{ result: 0, roomId, meetingId: id, inviteCode, mail },
    url: inviteAddress(inviteCode, [base, `${origin()}/app/`]),
  });

  /** True when the caller created the appointment, is invited to it, or administers its company. */
  const concerns = async (id: number, { user, ...asker }: ReturnType<typeof askerOf>): Promise<boolean> =>
    user !== undefined &&
    (await appointments.find(id, { ...asker, user }).then(
      () => true,
      () => false,
    ));

  /** True when the call comes from a page of another company's app. */
  const isForeign = (row: AppointmentRow, { app }: ReturnType<typeof askerOf>): boolean =>
    row.companyId !== null && app?.signed === true && app.companyId !== row.companyId;

  return implement(appointmentMethods)<Caller>({
    'appointment.createAppointment': async (input, caller) =>
      answer(await appointments.create(speaking(input, caller), await maker(caller))),
    'appointment.queryAppointmentById': async ({ meetingId }, caller) => {
      const user = userOf(caller);
      const row = await appointments.find(meetingId, { ...askerOf(caller), user });
      const series = await lists.seriesOf(row);
      return {
        meeting: await lists.bean(row, user),
        ...(await lists.membersAndTopics(row, user)),
        roomId: row.roomId,
        inviteCode: series?.inviteCode ?? row.inviteCode,
        type: row.type as RoomType,
        definition: row.definition as Definition,
        isPublic: row.isPublic === 1,
        waitingRoom: row.waitingRoom === 1,
        mayChange: mayChangeAppointment(row, user),
        series: series ? seriesBean(series) : null,
      };
    },
    'appointment.updateAppointment': async ({ meetingId, ...input }, caller) => {
      const user = userOf(caller);
      return answer(await appointments.update(meetingId, input, { ...askerOf(caller), user }));
    },
    'appointment.deleteAppointment': async ({ meetingId, scope, notify }, caller) => {
      const asker = { ...askerOf(caller), user: userOf(caller) };
      const { isDone, mail } = await appointments.cancel(meetingId, { scope, notify }, asker);
      return { result: isDone ? 0 : 2, mail };
    },
    'appointment.queryAppointments': async ({ startTime, endTime, ...page }, caller) => {
      const from = startTime ?? (endTime === undefined ? Date.now() : Math.min(Date.now(), endTime));
      const to = endTime ?? from + threeDays;
      if (to < from)
        fail('INVALID_ARGUMENT', 'endTime should not be before startTime.', {
          field: 'endTime',
          expected: 'at or after startTime',
        });
      const [user, wanted] = [userOf(caller), pageOf(page)];
      const meetings = await lists.mine(user, { from, to }, wanted);
      const totalCount = await totalOf(wanted, meetings.length, () => lists.countMine(user, { from, to }));
      const repeating = await lists.repeating(meetings);
      return { meetings, repeating, totalCount, totalPage: pagesOf(totalCount, page.pageSize) };
    },
    'appointment.getRoomByInviteCode': async (code, caller) => {
      const asker = askerOf(caller);
      const source = sourceOf(caller);
      const found = await codes.attempt({ source, target: String(code.inviteCode ?? code.code) }, async () => {
        const row = await lists.byCode(code, schedule.phase);
        if (!row || isForeign(row, asker)) return undefined;
        if (code.inviteCode !== undefined || (await concerns(row.id, asker))) return { row, isGuessed: false };
        // An id is not secret: alone it opens only what is public or what the caller is part of.
        const isOpen = row.isPublic === 1 && (asker.user === undefined || asker.user.companyId === row.companyId);
        return isOpen ? { row, isGuessed: true } : undefined;
      });
      if (!found) return { result: 5, room: null, meeting: null };
      const { row } = found;
      if (found.isGuessed) await lookups.take(source, `appointment ${row.id}`);
      const meeting = await lists.bean(row, asker.user);
      const phase = await schedule.phase(row);
      if (phase === 'over' || row.roomId === null) return { result: 4, room: null, meeting };
      const room = await rooms.byId(row.roomId);
      if (!room) return { result: 4, room: null, meeting };
      if (phase === 'open') caller.device?.admitted.set(room.id, row.id);
      const running = (await cluster.facts([room.id])).get(room.id);
      return {
        result: phase === 'early' ? 3 : 0,
        room: roomBean(room, { superModeId: running?.moderator?.id ?? null, appointment: row }),
        meeting,
      };
    },
    'appointment.getCalendarFile': async ({ inviteCode }, caller) => {
      const asker = askerOf(caller);
      const row = await codes.attempt({ source: sourceOf(caller), target: inviteCode }, async () => {
        const found = await lists.byCode({ inviteCode }, schedule.phase);
        return found?.cancelledAt === null && !isForeign(found, asker) ? found : undefined;
      });
      if (!row) return fail('NOT_FOUND', 'There is no meeting with this invite code.', { field: 'inviteCode' });
      const series = await lists.seriesOf(row);
      const { text } = await lists.calendar({ row, series, isWhole: true }, origin());
      return { name: 'meeting.ics', content: text({ sequence: series?.sequence ?? row.sequence }) };
    },
    'appointment.getMailState': () => ({ sends: mailing.sends }),
    'appointment.queryAppointmentsByRoomId': async ({ roomId, ...page }, caller) => {
      const user = userOf(caller);
      const { standing } = await access.find(roomId, askerOf(caller));
      const found = await lists[standing === 'guest' ? 'ofRoomForGuest' : 'ofRoom'](roomId, pageOf(page), user);
      return { ...found, totalPage: pagesOf(found.totalCount, page.pageSize) };
    },
    'appointment.instantAppointment': async ({ orgId, oraId, userId, ...input }, caller) => {
      const asker = await maker(caller);
      requireSelf(asker.user, userId);
      const companyId = await users.companyOf(asker.user, orgId ?? oraId);
      return answer(await appointments.create(input, asker, companyId));
    },
    'meeting.new': async ({ hour, leverage, orgId, userId, baseURL, endTime, isPublic, ...input }, caller) => {
      const asker = await maker(caller);
      requireSelf(asker.user, userId);
      const companyId = await users.companyOf(asker.user, orgId);
      const lasting = hour === undefined ? undefined : (input.startTime ?? Date.now()) + hour * 3600_000;
      const made = await appointments.create(
        {
          ...speaking(input, caller),
          endTime: endTime ?? lasting,
          isPublic,
          numberLimit: leverage === undefined ? undefined : Math.min(leverage, 200),
          baseUrl: baseURL ?? undefined,
        },
        asker,
        companyId,
      );
      return { ...answer(made, baseURL), id: made.id };
    },
  });
};

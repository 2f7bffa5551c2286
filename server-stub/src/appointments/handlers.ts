import { appointmentMethods } from '@meetframe/contract/appointments';
import type { Definition, RoomType } from '@meetframe/contract/beans';
import { implement } from '@meetframe/contract/define';
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
import type { Variety } from '../throttle/throttles.ts';
import type { Users } from '../users/users.ts';
import { type Appointments, type Made, mayChangeAppointment } from './appointments.ts';
import type { AppointmentLists } from './lists.ts';

const threeDays = 72 * 3600_000;

export type AppointmentServices = {
  access: Access;
  appointments: Appointments;
  appointmentLists: AppointmentLists;
  schedule: Schedule;
  cluster: Pick<Cluster, 'facts'>;
  rooms: Rooms;
  users: Users;
  /** How often a caller may create appointments. */
  making: Limit;
  /** How many wrong invite codes an address may try. */
  codes: Guard;
  /** How many different meetings a caller may find by id without being invited. */
  lookups: Variety;
  /** The platform's own origin. */
  origin(): string;
};

/** The page that opens a meeting (7.2), at the first of these addresses that a browser can open. */
const inviteAddress = (inviteCode: string, pages: readonly (string | null | undefined)[]): string => {
  const page = pages.find((each) => each && /^https?:/i.test(each) && URL.canParse(each)) ?? undefined;
  return new URL(`#/?code=${inviteCode}`, page ?? undefined).href;
};

export const appointmentHandlers = (services: AppointmentServices) => {
  const { access, appointments, appointmentLists: lists, schedule, cluster, rooms, making, codes, users } = services;
  const { lookups, origin } = services;

  const maker = async (caller: Caller) => {
    const user = requireMaker(userOf(caller));
    await making.take(sourceOf(caller));
    return { ...askerOf(caller), user };
  };
  const answer = ({ id, roomId, inviteCode }: Made, base?: string | null) => ({
    result: 0,
    roomId,
    meetingId: id,
    inviteCode,
    url: inviteAddress(inviteCode, [base, `${origin()}/app/`]),
  });

  /** True when the caller made the appointment, is invited to it, or administers its company. */
  const concerns = async (id: number, { user, ...asker }: ReturnType<typeof askerOf>): Promise<boolean> =>
    user !== undefined &&
    (await appointments.find(id, { ...asker, user }).then(
      () => true,
      () => false,
    ));

  return implement(appointmentMethods)<Caller>({
    'appointment.createAppointment': async (input, caller) =>
      answer(await appointments.create(input, await maker(caller))),
    'appointment.queryAppointmentById': async ({ meetingId }, caller) => {
      const user = userOf(caller);
      const row = await appointments.find(meetingId, { ...askerOf(caller), user });
      return {
        meeting: await lists.bean(row, user),
        ...(await lists.membersAndTopics(row, user)),
        roomId: row.roomId,
        inviteCode: row.inviteCode,
        type: row.type as RoomType,
        definition: row.definition as Definition,
        isPublic: row.isPublic === 1,
        mayChange: mayChangeAppointment(row, user),
      };
    },
    'appointment.updateAppointment': async ({ meetingId, ...input }, caller) => {
      const user = userOf(caller);
      return answer(await appointments.update(meetingId, input, { ...askerOf(caller), user }));
    },
    'appointment.deleteAppointment': async ({ meetingId }, caller) => ({
      result: (await appointments.cancel(meetingId, { ...askerOf(caller), user: userOf(caller) })) ? 0 : 2,
    }),
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
      return { meetings, totalCount, totalPage: pagesOf(totalCount, page.pageSize) };
    },
    'appointment.getRoomByInviteCode': async (code, caller) => {
      const asker = askerOf(caller);
      const source = sourceOf(caller);
      const found = await codes.attempt({ source, target: String(code.inviteCode ?? code.code) }, async () => {
        const row = await lists.byCode(code);
        if (!row) return undefined;
        const foreign = row.companyId !== null && asker.app?.signed === true && asker.app.companyId !== row.companyId;
        if (foreign) return undefined;
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
          ...input,
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

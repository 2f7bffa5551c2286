import type { Definition, Room, RoomType } from '@meetframe/contract/beans';
import { implement } from '@meetframe/contract/define';
import { roomMethods } from '@meetframe/contract/rooms';
import { anyone } from '../account/backEnd.ts';
import { askerOf, type Caller, userOf } from '../account/caller.ts';
import { requireMaker, requireSelf } from '../account/standing.ts';
import type { AppointmentLists } from '../appointments/lists.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { pageOf, pagesOf, totalOf } from '../lists/paging.ts';
import type { Limit } from '../throttle/limit.ts';
import { networkOf, sourceOf } from '../throttle/source.ts';
import type { Users } from '../users/users.ts';
import type { Access } from './access.ts';
import { roomBean } from './bean.ts';
import type { RoomMembers } from './members.ts';
import type { RoomProperties, Rooms } from './rooms.ts';
import type { Schedule } from './schedule.ts';
import type { RoomRow } from './tables.ts';

type Given = {
  name?: string | undefined;
  roomType?: RoomType | undefined;
  roomtype?: RoomType | undefined;
  definition?: Definition | undefined;
  numberLimit?: number | undefined;
  isPublic?: boolean | undefined;
  waitingRoom?: boolean | undefined;
  pictureuri?: string | null | undefined;
  logo?: string | null | undefined;
  desc?: string | null | undefined;
  comment?: string | null | undefined;
};

/** Translates the specification's names of a room's properties into those of the service. Properties not given are left out. */
const propertiesOf = (input: Given): Partial<RoomProperties> => {
  const roomType = input.roomType ?? input.roomtype;
  const logo = input.pictureuri === undefined ? input.logo : input.pictureuri;
  const comment = input.desc === undefined ? input.comment : input.desc;
  return {
    ...(input.name !== undefined && { name: input.name }),
    ...(roomType !== undefined && { roomType }),
    ...(input.definition !== undefined && { definition: input.definition }),
    ...(input.numberLimit !== undefined && { numberLimit: input.numberLimit }),
    ...(input.isPublic !== undefined && { isPublic: input.isPublic }),
    ...(input.waitingRoom !== undefined && { waitingRoom: input.waitingRoom }),
    ...(logo !== undefined && { logo }),
    ...(comment !== undefined && { comment }),
  };
};

export type RoomServices = {
  access: Access;
  rooms: Rooms;
  roomMembers: RoomMembers;
  schedule: Schedule;
  appointmentLists: Pick<AppointmentLists, 'hiddenFrom'>;
  cluster: Pick<Cluster, 'facts'>;
  users: Users;
  /** How often a caller may create rooms. */
  making: Limit;
};

export const roomHandlers = (services: RoomServices) => {
  const { access, rooms, roomMembers, schedule, appointmentLists, cluster, making, users } = services;

  const beans = async (rows: readonly RoomRow[], { user }: Caller): Promise<Room[]> => {
    const [due, running] = await Promise.all([schedule.due(rows), cluster.facts(rows.map(({ id }) => id))]);
    const hidden = await appointmentLists.hiddenFrom(user, rows, due);
    return rows.map((row) => {
      const appointment = due.get(row.id);
      return roomBean(row, {
        superModeId: running.get(row.id)?.moderator?.id ?? null,
        appointment: appointment && !hidden.has(appointment.id) ? appointment : undefined,
      });
    });
  };

  const create = async (
    input: Given & { name: string; numberLimit: number },
    owner: { ownerId: number | null; companyId: number | null; temporary: boolean },
    caller: Caller,
  ) => {
    await making.take(caller.user ? sourceOf(caller) : `${caller.app?.id} ${networkOf(caller.ip)}`);
    const usual = {
      roomType: 2,
      definition: '480p',
      isPublic: false,
      waitingRoom: false,
      logo: null,
      comment: null,
    } as const;
    const { name, numberLimit } = input;
    return {
      result: 0,
      roomId: await rooms.create({ ...usual, ...propertiesOf(input), name, numberLimit, ...owner }),
    };
  };

  const temporary = async (
    input: Given & { name: string; numberLimit: number; orgId?: number | undefined; userId?: number | undefined },
    caller: Caller,
  ) => {
    const { app, user } = caller;
    if (user) requireMaker(user);
    // Without a login, 2 stands for no particular user.
    if (user || input.userId !== anyone) requireSelf(user, input.userId);
    const companyId = await users.companyOf(user ?? { companyId: app?.companyId ?? null }, input.orgId);
    return await create(input, { ownerId: user?.id ?? null, companyId, temporary: true }, caller);
  };

  return implement(roomMethods)<Caller>({
    'room.getRoomById': async ({ roomId }, caller) => {
      const { row } = await access.find(roomId, askerOf(caller));
      return { room: (await beans([row], caller))[0] as Room, waitingRoom: row.waitingRoom === 1 };
    },
    'room.createRoom': async (input, caller) => {
      const user = requireMaker(userOf(caller));
      return await create(input, { ownerId: user.id, companyId: user.companyId, temporary: false }, caller);
    },
    'room.updateRoom': async ({ roomId, ...input }, caller) => {
      await rooms.update(roomId, propertiesOf(input), askerOf(caller));
      return { result: 0, roomId };
    },
    'room.deleteRoom': async ({ roomId }, caller) => ({
      result: (await rooms.remove(roomId, askerOf(caller))) ? 0 : 1,
    }),
    'room.newTempRoom': temporary,
    'room.newAppRoom': temporary,
    'room.modifyRoomPwd': async ({ roomId, password }, caller) => {
      await rooms.setPassword(roomId, password, askerOf(caller));
      return { result: 0 };
    },
    'room.checkRoomPwd': async ({ roomId, password }, caller) => {
      const { row, standing } = await access.find(roomId, askerOf(caller));
      return { result: (await rooms.checkPassword(row, standing, password, askerOf(caller))) ? 1 : 0 };
    },
    'room.checkRoomHasPwd': async ({ roomId }, caller) => ({
      isHasPwd: (await access.find(roomId, askerOf(caller))).row.password !== null,
    }),
    'room.addRoomMan': async ({ roomId, userId }, caller) => {
      await roomMembers.add(roomId, userId, askerOf(caller));
      return { result: 0 };
    },
    'room.deleteRoomMen': async ({ roomId, moderatorId }, caller) => {
      await roomMembers.remove(roomId, moderatorId, askerOf(caller));
      return { result: 0 };
    },
    'room.queryRoomMen': async ({ roomId, ...page }, caller) => {
      const wanted = pageOf(page);
      const moderators = await roomMembers.list(roomId, wanted, askerOf(caller));
      const totalCount = await totalOf(wanted, moderators.length, () => roomMembers.count(roomId));
      return { result: 0, moderators, totalCount, totalPage: pagesOf(totalCount, page.pageSize) };
    },
    'room.queryMyRooms': async (input, caller) => {
      const [user, wanted] = [userOf(caller), pageOf(input)];
      const found = await rooms.mine(user, wanted);
      const totalCount = await totalOf(wanted, found.length, () => rooms.countMine(user));
      const waitingRooms = found.filter(({ waitingRoom }) => waitingRoom === 1).map(({ id }) => id);
      const totalPage = pagesOf(totalCount, input.pageSize);
      return { rooms: await beans(found, caller), waitingRooms, totalCount, totalPage };
    },
    'room.checkActiveRoom': async ({ roomId }, caller) => {
      await access.find(roomId, askerOf(caller));
      return { result: (await cluster.facts([roomId])).has(roomId) ? 1 : 0 };
    },
  });
};

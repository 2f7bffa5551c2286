import * as z from 'zod/mini';
import { definition, id, name, password, result, room, roomMember, roomType, text } from './beans/index.ts';
import { method, methods } from './define.ts';
import { looseId, numberLimit, optionalPaging, picture, removable, totals, unless } from './fields.ts';
import { from, notLevel5, owners, permit, usersWhoMayEnter, whoMayEnter } from './may.ts';

const roomId = z.object({ roomId: looseId });

/** The properties of a room; the specification writes both `roomtype` and `roomType`. */
const properties = {
  roomtype: z.optional(roomType),
  roomType: z.optional(roomType),
  name,
  desc: removable(text(1000)),
  /** `desc` and `pictureuri` as a room itself names them (8.3), for a page that gives back the room it got. */
  comment: removable(text(1000)),
  pictureuri: removable(picture),
  logo: removable(picture),
  definition: unless(definition),
  numberLimit,
  /** A room is private unless this is true. */
  isPublic: z.optional(z.boolean()),
  waitingRoom: z.optional(z.boolean()),
};

const made = z.object({ result: z.int(), roomId: id });

export const roomMethods = methods({
  'room.getRoomById': method({
    spec: '2.6',
    page: 'getRoomById',
    summary: 'Read one room. A private room is found only by its members, its owner and administrators.',
    input: roomId,
    output: z.object({
      room,
      /** Whether guests wait there until the moderator lets them in. */
      waitingRoom: z.boolean(),
    }),
    reads: true,
    may: whoMayEnter,
    errors: ['NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'room.createRoom': method({
    spec: '2.7',
    page: 'createRoom',
    summary: 'Create a permanent room, owned by the caller.',
    input: z.object(properties),
    output: made,
    failed: { result: 1, roomId: null },
    may: permit('user', from('user', 'nothing'), { note: notLevel5 }),
    errors: ['FORBIDDEN', 'THROTTLED'],
    since: '1.0',
  }),
  'room.updateRoom': method({
    spec: '2.8',
    page: 'updateRoom',
    summary: 'Change a room; absent fields stay as they are. For its owner and administrators.',
    input: z.object({ roomId: looseId, ...z.partial(z.object(properties)).shape }),
    output: made,
    failed: { result: 1, roomId: null },
    may: owners('room'),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'room.deleteRoom': method({
    spec: '2.9',
    page: 'deleteRoom',
    summary:
      'Delete a room with its chat. `result`: 0 deleted, 1 participants are in it. For its owner and administrators.',
    input: roomId,
    output: result,
    failed: { result: 1 },
    may: owners('room'),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'room.newTempRoom': method({
    spec: '2.10',
    forBackEnds: true,
    page: 'newTempRoom',
    summary: 'Create a temporary room. It is deleted after it has been empty for a while.',
    input: z.object({ ...properties, orgId: z.optional(looseId), userId: z.optional(looseId) }),
    output: made,
    may: permit('sign', from('app', 'nothing'), { note: notLevel5 }),
    errors: ['FORBIDDEN', 'NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'room.newAppRoom': method({
    spec: '5.10',
    forBackEnds: true,
    page: 'newAppRoom',
    summary: 'Create a temporary room from an app.',
    input: z.object({
      name,
      numberLimit,
      roomtype: z.optional(roomType),
      roomType: z.optional(roomType),
      userId: z.optional(looseId),
      isPublic: z.optional(z.boolean()),
      waitingRoom: z.optional(z.boolean()),
    }),
    output: made,
    may: permit('sign', from('app', 'nothing'), { note: notLevel5 }),
    errors: ['FORBIDDEN', 'THROTTLED'],
    since: '1.0',
  }),
  'room.modifyRoomPwd': method({
    spec: '2.11',
    page: 'modifyRoomPwd',
    summary: 'Set a room’s password; an empty string removes it. For its owner and administrators.',
    input: z.object({ roomId: looseId, password }),
    output: result,
    may: owners('room'),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'room.checkRoomPwd': method({
    spec: '2.12',
    page: 'checkRoomPwd',
    summary: 'Check whether a password is the room’s. `result`: 1 right, 0 wrong.',
    input: z.object({ roomId: looseId, password }),
    output: result,
    failed: { result: 0 },
    may: whoMayEnter,
    errors: ['NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'room.checkRoomHasPwd': method({
    spec: '2.13',
    page: 'checkRoomHasPwd',
    summary: 'Check whether a room has a password.',
    input: roomId,
    output: z.object({ isHasPwd: z.boolean() }),
    reads: true,
    may: whoMayEnter,
    errors: ['NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'room.addRoomMan': method({
    spec: '2.14',
    page: 'addRoomMan',
    summary:
      'Make a user of the company a member of a private room, who may then enter it. For the room’s owner and administrators.',
    input: z.object({ roomId: looseId, userId: looseId }),
    output: result,
    may: owners('room'),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'room.deleteRoomMen': method({
    spec: '2.15',
    page: 'deleteRoomMen',
    summary:
      'Remove a member from a private room; `moderatorId` is the member’s user id. For the room’s owner and administrators.',
    input: z.object({ roomId: looseId, moderatorId: looseId }),
    output: result,
    may: owners('room'),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'room.queryRoomMen': method({
    spec: '2.16',
    forBackEnds: true,
    page: 'queryRoomMen',
    summary: 'Members of a room, in order of their ids.',
    input: z.object({ roomId: looseId, ...optionalPaging }),
    output: z.object({ result: z.int(), moderators: z.array(roomMember), ...totals }),
    reads: true,
    may: usersWhoMayEnter,
    errors: ['NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'room.queryMyRooms': method({
    spec: '2.17',
    page: 'queryMyRooms',
    summary:
      'Rooms that the caller may enter: own rooms, rooms that the caller is a member of, and the company’s public rooms; for administrators all rooms of the company. Temporary rooms come first; both groups are sorted newest first.',
    input: z.object(optionalPaging),
    output: z.object({
      rooms: z.array(room),
      /** Ids of those rooms that have a waiting room. */
      waitingRooms: z.array(id),
      ...totals,
    }),
    reads: true,
    may: permit('user', from('user', 'nothing'), {
      cases: { 'finds a private room': from('member', 'room') },
      note: 'the caller’s own list',
    }),
    since: '1.0',
  }),
  'room.checkActiveRoom': method({
    spec: '2.18',
    page: 'checkActiveRoom',
    summary: 'Check whether participants are in a room. `result`: 1 yes, 0 no.',
    input: roomId,
    output: result,
    reads: true,
    may: whoMayEnter,
    errors: ['NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
});

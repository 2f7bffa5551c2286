import * as z from 'zod/mini';
import { definition, id, name, password, result, room, roomType, text } from '../beans.ts';
import { method, methods } from '../define.ts';
import { looseId, numberLimit, optionalPaging, picture, totals } from './fields.ts';

const roomId = z.object({ roomId: id });

/** The properties of a room; the specification writes both `roomtype` and `roomType`. */
const properties = {
  roomtype: z.optional(roomType),
  roomType: z.optional(roomType),
  name,
  desc: z.optional(text(1000)),
  pictureuri: z.optional(picture),
  definition: z.optional(definition),
  numberLimit,
  isPublic: z.boolean(),
};

const made = z.object({ result: z.int(), roomId: id });

/** A member of a room (2.16). `role`: 1 moderates, 2 takes part. */
export const roomMember = z.object({
  id,
  name: z.string(),
  account: z.string(),
  photo: z.nullable(z.string()),
  role: z.int(),
});
export type RoomMember = z.output<typeof roomMember>;

export const roomMethods = methods({
  'room.getRoomById': method({
    spec: '2.6',
    summary: 'Look a room up. A private one exists only for its members, its owner and administrators.',
    input: roomId,
    output: z.object({ room }),
    reads: true,
    who: 'visitor',
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'room.createRoom': method({
    spec: '2.7',
    summary: 'Make a lasting room of one’s own.',
    input: z.object(properties),
    output: made,
    who: 'user',
    errors: ['FORBIDDEN', 'THROTTLED'],
    since: '1.0',
  }),
  'room.updateRoom': method({
    spec: '2.8',
    summary: 'Change a room; what is not given stays. Its owner or an administrator.',
    input: z.object({ roomId: id, ...z.partial(z.object(properties)).shape }),
    output: made,
    who: 'user',
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'room.deleteRoom': method({
    spec: '2.9',
    summary: 'Delete a room with its chat; 1 when somebody is in it. Its owner or an administrator.',
    input: roomId,
    output: result,
    who: 'user',
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'room.newTempRoom': method({
    spec: '2.10',
    summary: 'Make a room that lives until it has been empty for a while.',
    input: z.object({ ...properties, orgId: z.optional(looseId), userId: z.optional(looseId) }),
    output: made,
    who: 'sign',
    errors: ['FORBIDDEN', 'NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'room.newAppRoom': method({
    spec: '5.10',
    summary: 'Make a temporary room from an app.',
    input: z.object({
      name,
      numberLimit,
      roomtype: z.optional(roomType),
      roomType: z.optional(roomType),
      userId: z.optional(looseId),
      isPublic: z.optional(z.boolean()),
    }),
    output: made,
    who: 'sign',
    errors: ['FORBIDDEN', 'THROTTLED'],
    since: '1.0',
  }),
  'room.modifyRoomPwd': method({
    spec: '2.11',
    summary: 'Set a room’s password; an empty string removes it. Its owner or an administrator.',
    input: z.object({ roomId: id, password }),
    output: result,
    who: 'user',
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'room.checkRoomPwd': method({
    spec: '2.12',
    summary: 'Ask whether a password is right: 1 yes, 0 no.',
    input: z.object({ roomId: id, password }),
    output: result,
    who: 'visitor',
    errors: ['NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'room.checkRoomHasPwd': method({
    spec: '2.13',
    summary: 'Ask whether a room has a password.',
    input: roomId,
    output: z.object({ isHasPwd: z.boolean() }),
    reads: true,
    who: 'visitor',
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'room.addRoomMan': method({
    spec: '2.14',
    summary: 'Let a user of the company into a private room. The room’s owner or an administrator.',
    input: z.object({ roomId: id, userId: looseId }),
    output: result,
    who: 'user',
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'room.deleteRoomMen': method({
    spec: '2.15',
    summary: 'Take a member out of a private room; `moderatorId` is a user’s id. The room’s owner or an administrator.',
    input: z.object({ roomId: id, moderatorId: looseId }),
    output: result,
    who: 'user',
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'room.queryRoomMen': method({
    spec: '2.16',
    summary: 'Members of a room, in order of their ids.',
    input: z.object({ roomId: id, ...optionalPaging }),
    output: z.object({ result: z.int(), moderators: z.array(roomMember), ...totals }),
    reads: true,
    who: 'user',
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'room.queryMyRooms': method({
    spec: '2.17',
    summary: 'Rooms that one may enter: own, those one is a member of, and the company’s public ones, newest first.',
    input: z.object(optionalPaging),
    output: z.object({ rooms: z.array(room), ...totals }),
    reads: true,
    who: 'user',
    since: '1.0',
  }),
  'room.checkActiveRoom': method({
    spec: '2.18',
    summary: 'Ask whether somebody is in a room: 1 yes, 0 no.',
    input: roomId,
    output: result,
    reads: true,
    who: 'visitor',
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
});

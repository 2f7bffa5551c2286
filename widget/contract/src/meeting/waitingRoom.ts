import * as z from 'zod/mini';
import { id } from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { looseId } from '../fields.ts';
import { moderators } from '../may.ts';

/** Someone who waits to be let in. */
const waitingPerson = z.object({
  /** Names the person as long as it waits. */
  id,
  name: z.string(),
  photo: z.nullable(z.string()),
  /** The account; `null` for a guest. */
  userId: z.nullable(id),
  /** Since when, milliseconds since 1970 by the server’s clock. */
  since: z.number(),
});
export type WaitingPerson = z.output<typeof waitingPerson>;

const waitingRoom = z.object({
  roomId: id,
  /** New guests wait. */
  isOn: z.boolean(),
  /** Who waits, the longest first. */
  waiting: z.array(waitingPerson),
});
export type WaitingRoom = z.output<typeof waitingRoom>;

/** The waiting room of a running meeting, for its moderator. */
export const waitingRoomMethods = methods({
  'meeting.setWaitingRoom': method({
    spec: '+',
    page: 'meeting.setWaitingRoom',
    summary:
      'Let new guests wait until the moderator admits them, or no longer (`false`): then all who wait come in. It holds as long as the meeting runs, over a restart of the server too; the next meeting begins as its room or appointment says (`waitingRoom`). Who owns or administers the room, is its member, is invited to the appointment or was in this meeting before does not wait.',
    input: z.object({ isOn: z.optional(z.boolean()) }),
    output: z.object({}),
    may: moderators,
    positional: ['isOn'],
    events: ['meeting.onWaitingRoom'],
    since: '1.0',
  }),
  'meeting.getWaitingRoom': method({
    spec: '+',
    page: 'meeting.getWaitingRoom',
    summary: 'Who waits to be let in. The moderator gets every change as `onWaitingRoom`.',
    input: z.object({}),
    output: waitingRoom,
    reads: true,
    may: moderators,
    since: '1.0',
  }),
  'meeting.admit': method({
    spec: '+',
    page: 'meeting.admit',
    summary:
      'Let in one who waits or, without `waitingId`, all. Those for whom there is no seat are refused with `ROOM_FULL`. Also in a locked meeting.',
    input: z.object({ waitingId: z.optional(looseId) }),
    output: z.object({}),
    may: moderators,
    positional: ['waitingId'],
    errors: ['NOT_FOUND'],
    events: ['meeting.onWaitingRoom', 'meeting.onWaiting'],
    since: '1.0',
  }),
  'meeting.decline': method({
    spec: '+',
    page: 'meeting.decline',
    summary: 'Refuse one who waits, who cannot ask again within a minute.',
    input: z.object({ waitingId: looseId }),
    output: z.object({}),
    may: moderators,
    positional: ['waitingId'],
    errors: ['NOT_FOUND'],
    events: ['meeting.onWaitingRoom', 'meeting.onWaiting'],
    since: '1.0',
  }),
});

export const waitingRoomEvents = events({
  'meeting.onWaitingRoom': event({
    spec: '+',
    page: 'onWaitingRoom',
    summary:
      'For the moderator only: the waiting room was turned on or off, or those who wait changed. Each event has the whole list; whoever becomes the moderator gets it, too.',
    payload: waitingRoom,
    volatile: 'state',
    since: '1.0',
  }),
  'meeting.onWaiting': event({
    spec: '+',
    page: 'onWaiting',
    summary:
      'For the one who waits, whose `meeting.enter` is answered when the waiting is over: it has begun or goes on (`waiting`), the moderator let the caller in (`admitted`) or refused (`refused`), or it ended otherwise (`ended`), as when the meeting was ended or became full. Nothing else of the meeting is told.',
    payload: z.object({
      roomId: id,
      state: z.enum(['waiting', 'admitted', 'refused', 'ended']),
      /** Whether there is a moderator in the meeting who can let the caller in. */
      hasModerator: z.boolean(),
    }),
    since: '1.0',
  }),
});

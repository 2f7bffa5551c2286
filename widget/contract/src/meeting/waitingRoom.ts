import * as z from 'zod/mini';
import { id } from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { looseId } from '../fields.ts';
import { moderators } from '../may.ts';

/** A person in the waiting room. */
const waitingPerson = z.object({
  /** Identifies the person while waiting. */
  id,
  name: z.string(),
  photo: z.nullable(z.string()),
  /** The account; `null` for a guest. */
  userId: z.nullable(id),
  /** Since when the person has been waiting, milliseconds since 1970 by the server’s clock. */
  since: z.number(),
});
export type WaitingPerson = z.output<typeof waitingPerson>;

const waitingRoom = z.object({
  roomId: id,
  /** True: new guests wait until the moderator admits them. */
  isOn: z.boolean(),
  /** The people who wait, the one who has waited longest first. */
  waiting: z.array(waitingPerson),
});
export type WaitingRoom = z.output<typeof waitingRoom>;

/** The waiting room of a running meeting, for its moderator. */
export const waitingRoomMethods = methods({
  'meeting.setWaitingRoom': method({
    spec: '+',
    page: 'meeting.setWaitingRoom',
    summary:
      'Turn the waiting room on, so that new guests wait until the moderator admits them, or off (`false`): then everybody who waits is admitted. The setting lasts until the meeting ends, also over a restart of the server; the next meeting begins with the setting of its room or appointment (`waitingRoom`). The room’s owner, administrators and members, users who are invited to the appointment, and people who were in this meeting before do not wait.',
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
    summary: 'List the people in the waiting room. The moderator gets every change as `onWaitingRoom`.',
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
      'Admit one person from the waiting room or, without `waitingId`, everybody in it. People for whom there is no free seat are refused with `ROOM_FULL`. Works in a locked meeting, too.',
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
    summary: 'Refuse a person in the waiting room, who then cannot ask again for one minute.',
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
      'For the moderator only: the waiting room was turned on or off, or the people in it changed. Each event has the whole list. A participant who becomes the moderator gets it, too.',
    payload: waitingRoom,
    volatile: 'state',
    since: '1.0',
  }),
  'meeting.onWaiting': event({
    spec: '+',
    page: 'onWaiting',
    summary:
      'For a client that waits for the answer to `meeting.enter`. `waiting`: it waits in the waiting room; `admitted`: the moderator admitted it; `refused`: the moderator refused it; `ended`: the waiting ended for another reason, for example because the meeting was ended or became full. Until it is admitted, the client gets no other event of the meeting.',
    payload: z.object({
      roomId: id,
      state: z.enum(['waiting', 'admitted', 'refused', 'ended']),
      /** Whether there is a moderator in the meeting who can let the caller in. */
      hasModerator: z.boolean(),
    }),
    since: '1.0',
  }),
});

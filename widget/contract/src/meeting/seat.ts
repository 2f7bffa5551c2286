import * as z from 'zod/mini';
import {
  changedParticipant,
  chatMessage,
  client,
  codecName,
  id,
  joinedParticipant,
  password,
  result,
  room,
  roomType,
  text,
  unusualFacts,
} from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { participants, permit, visitors, whoMayEnter } from '../may.ts';
import { rtpCapabilities } from '../rtp.ts';
import { mediaSession } from '../sfu.ts';

/** The whole truth about a running meeting for one participant: replaces what was known, never merges. */
export const snapshot = z.object({
  /** Oneself. */
  client,
  /** The others, in the order in which they entered. */
  members: z.array(client),
  room,
  /** What is unusual of oneself or others beyond section 8.4; see `usual` for what holds of all the rest. */
  more: z.array(unusualFacts),
  chat: z.array(chatMessage),
  /** When the first participant entered, milliseconds since 1970 by the server’s clock. */
  startedAt: z.number(),
  serverTime: z.number(),
});
export type Snapshot = z.output<typeof snapshot>;

/** Why the server ends a participation. `displaced`: the account entered on another device (host event `EnterRoom` with `result: 9`). */
export const endReason = z.enum(['displaced', 'kicked', 'finished', 'shutdown', 'loggedOut']);
export type EndReason = z.output<typeof endReason>;

/** Taking a seat in a meeting, and who else is in it. */
export const seatMethods = methods({
  'meeting.enter': method({
    spec: '3.1',
    page: 'meeting.enter',
    summary: 'Enter a room. A wrong password, a full room and one that is not open reject with codes of their own.',
    input: z.object({
      /** Taken for the record; who enters is decided by login and sign. */
      userId: z.optional(z.nullable(z.union([id, text(20)]))),
      roomId: id,
      /** 1: for audio only, as in a room of type 1; other types leave it to the room. */
      roomType: z.optional(roomType),
      username: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(100))),
      password: z.optional(password),
      maxNumber: z.optional(z.int().check(z.gte(1), z.lte(200))),
      /** Preferred video codec: used where browser and server both have it, else VP8. */
      codec: z.optional(codecName),
      mode: z.optional(text(20)),
      /** Given: the answer carries `media` and receiving can start at once. */
      rtpCapabilities: z.optional(rtpCapabilities),
    }),
    output: z.extend(snapshot, { media: z.nullable(mediaSession) }),
    may: whoMayEnter,
    internal: ['mode', 'rtpCapabilities', 'more', 'chat', 'startedAt', 'serverTime', 'media'],
    overSocket: true,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'WRONG_PASSWORD', 'ROOM_FULL', 'ROOM_NOT_OPEN', 'THROTTLED', 'CONFLICT'],
    events: ['meeting.roster', 'EnterRoom'],
    since: '1.0',
  }),
  'meeting.exit': method({
    spec: '3.2',
    page: 'meeting.exit',
    summary: 'Leave the meeting; 0 left, 1 was in none.',
    input: z.object({}),
    output: result,
    may: permit('visitor', visitors, { note: 'oneself only' }),
    overSocket: true,
    worksWithExpiredSign: true,
    events: ['meeting.roster', 'ExitRoom'],
    since: '1.0',
  }),
  'meeting.snapshot': method({
    spec: '+',
    summary: 'The whole state of the meeting, for a client that missed too much.',
    input: z.object({}),
    output: snapshot,
    reads: true,
    may: participants,
    since: '1.0',
  }),
});

export const seatEvents = events({
  'meeting.roster': event({
    spec: '3.25',
    summary:
      'Participants entered, left or changed; `room` is there only when it changed. Batched: at once in small rooms, every 500 ms from 50 people, every second from 100.',
    payload: z.object({
      roomId: id,
      room: z.optional(room),
      joined: z.array(joinedParticipant),
      changed: z.array(changedParticipant),
      left: z.array(id),
    }),
    since: '1.0',
  }),
  'meeting.closed': event({
    spec: '3.1',
    summary: 'One’s own part in the meeting is over.',
    payload: z.object({
      roomId: id,
      reason: endReason,
      /** How long to wait before trying again, in milliseconds. */
      retryAfter: z.optional(z.int()),
    }),
    since: '1.0',
  }),
});

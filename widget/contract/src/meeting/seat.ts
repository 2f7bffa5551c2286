import * as z from 'zod/mini';
import {
  changedParticipant,
  chatMessage,
  client,
  codecName,
  id,
  joinedParticipant,
  looseId,
  name,
  password,
  result,
  room,
  roomType,
  text,
  transcription,
  unusualFacts,
} from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { participants, permit, visitors, whoMayEnter } from '../may.ts';
import { rtpCapabilities } from '../rtp.ts';
import { mediaSession } from '../sfu.ts';
import { fileLimits } from './chatFiles.ts';
import { recordingNow } from './record.ts';

/**
 * The whole state of a running meeting for one participant. A client replaces its state with it and never merges the
 * two.
 */
export const snapshot = z.object({
  /** The participant who gets the snapshot. */
  client,
  /** The other participants, in the order in which they entered. */
  members: z.array(client),
  room,
  /** Facts of participants beyond section 8.4 that differ from the defaults in `usual`. */
  more: z.array(unusualFacts),
  /** The latest chat messages, oldest first; private ones only for their sender and recipient. */
  chat: z.array(chatMessage),
  /** True while the moderator has locked the meeting (`meeting.lock`). */
  isLocked: z.boolean(),
  /** The server’s recording of the meeting that runs now. */
  recording: z.optional(recordingNow),
  /** When the first participant entered, milliseconds since 1970 by the server’s clock. */
  startedAt: z.number(),
  serverTime: z.number(),
  /** Absent where the platform has no speech engine. */
  transcription: z.optional(transcription),
  /** Absent where the platform takes no files in the chat. */
  chatFiles: z.optional(fileLimits),
});
export type Snapshot = z.output<typeof snapshot>;

/**
 * Why the server ends a participation. `displaced`: the account entered on another device (host event `EnterRoom` with
 * `result: 9`).
 */
export const endReason = z.enum(['displaced', 'kicked', 'finished', 'shutdown', 'loggedOut']);
export type EndReason = z.output<typeof endReason>;

/** Entering and leaving a meeting, and its list of participants. */
export const seatMethods = methods({
  'meeting.enter': method({
    spec: '3.1',
    page: 'meeting.enter',
    summary:
      'Enter a room. Rejects with `WRONG_PASSWORD`, `ROOM_FULL` or `ROOM_NOT_OPEN` when the room cannot be entered. In a meeting with a waiting room the answer comes when the moderator has decided; until then `onWaiting` reports the state, and `meeting.exit` stops waiting.',
    input: z.object({
      /** Accepted as the specification has it; login and sign decide which user enters. */
      userId: z.optional(z.nullable(z.union([id, text(20)]))),
      roomId: looseId,
      /** 1: enter for audio only, as in a room of type 1. With other values the room’s own type counts. */
      roomType: z.optional(roomType),
      username: z.optional(name),
      password: z.optional(password),
      maxNumber: z.optional(z.int().check(z.gte(1), z.lte(200))),
      /** Preferred video codec: used where browser and server both have it, else VP8. */
      codec: z.optional(codecName),
      mode: z.optional(text(20)),
      /** If given, the answer contains `media`, so that the client can receive at once. */
      rtpCapabilities: z.optional(rtpCapabilities),
    }),
    output: z.extend(snapshot, { media: z.nullable(mediaSession) }),
    may: whoMayEnter,
    internal: [
      'mode',
      'rtpCapabilities',
      'more',
      'chat',
      'isLocked',
      'startedAt',
      'serverTime',
      'transcription',
      'chatFiles',
      'recording',
      'media',
    ],
    overSocket: true,
    patient: true,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'WRONG_PASSWORD', 'ROOM_FULL', 'ROOM_NOT_OPEN', 'THROTTLED', 'CONFLICT'],
    events: ['meeting.onWaiting', 'meeting.roster', 'EnterRoom'],
    since: '1.0',
  }),
  'meeting.exit': method({
    spec: '3.2',
    page: 'meeting.exit',
    summary: 'Leave the meeting. `result`: 0 left, 1 the caller was in no meeting.',
    input: z.object({}),
    output: result,
    may: permit('visitor', visitors, { note: 'the caller only' }),
    overSocket: true,
    worksWithExpiredSign: true,
    events: ['meeting.roster', 'ExitRoom'],
    since: '1.0',
  }),
  'meeting.snapshot': method({
    spec: '+',
    summary: 'Read the whole state of the meeting, for a client that missed too many events.',
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
      'Participants entered, left or changed; `room` is present only when it changed. Sent at once in small rooms; with 50 participants or more collected for 500 ms, with 100 or more for one second.',
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
    summary: 'The server ended this client’s participation in the meeting.',
    payload: z.object({
      roomId: id,
      reason: endReason,
      /** How long to wait before trying again, in milliseconds. */
      retryAfter: z.optional(z.int()),
    }),
    since: '1.0',
  }),
});

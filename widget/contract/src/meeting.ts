import * as z from 'zod/mini';
import { chatContent, chatMessage, client, id, password, room, roomType, text } from './beans.ts';
import { event, events, method, methods } from './define.ts';
import {
  dtlsParameters,
  iceParameters,
  iceServer,
  kind,
  rtpCapabilities,
  rtpParameters,
  transportOptions,
} from './rtp.ts';

/** What a participant can send: one producer of each at most. */
export const source = z.enum(['mic', 'camera', 'screen', 'screenAudio']);
export type Source = z.output<typeof source>;

/** Somebody in a meeting with what the others must know beyond section 8.4. */
export const participant = z.object({
  client,
  /** The account, `null` for a guest. */
  userId: z.nullable(id),
  /** True while a microphone is published, muted or not. */
  audio: z.boolean(),
  /** True while the camera’s picture flows. */
  video: z.boolean(),
  screen: z.boolean(),
  /** False while the connection is lost and the seat is kept. */
  connected: z.boolean(),
});
export type Participant = z.output<typeof participant>;

/** Why the server ends a participation. `displaced`: the account entered on another device. */
export const endReason = z.enum(['displaced', 'kicked', 'finished', 'shutdown', 'loggedOut']);
export type EndReason = z.output<typeof endReason>;

/** The whole truth about a running meeting for one participant: replaces what was known, never merges. */
export const snapshot = z.object({
  room,
  selfId: id,
  participants: z.array(participant),
  chat: z.array(chatMessage),
  /** When the first person came, milliseconds since 1970 by the server’s clock. */
  startedAt: z.number(),
  serverTime: z.number(),
});
export type Snapshot = z.output<typeof snapshot>;

/** Both transports of a participant. A new `peerId` with every new pair. */
export const mediaSession = z.object({
  peerId: z.string(),
  send: transportOptions,
  receive: transportOptions,
  iceServers: z.array(iceServer),
  iceTransportPolicy: z.enum(['all', 'relay']),
});
export type MediaSession = z.output<typeof mediaSession>;

const consumer = z.object({
  id: z.string(),
  producerId: z.string(),
  clientId: id,
  source,
  kind,
  rtpParameters: z.looseObject({}),
  producerPaused: z.boolean(),
});
export type ConsumerOptions = z.output<typeof consumer>;

const ids = z.array(z.string().check(z.maxLength(100))).check(z.maxLength(400));
const transportId = z.object({ transportId: z.string().check(z.maxLength(100)) });

/** Signalling of a meeting between the widget and the server, over the socket. */
export const meeting = methods({
  'meeting.enter': method({
    spec: '3.1',
    summary: 'Enter a room.',
    input: z.object({
      roomId: id,
      roomType: z.optional(roomType),
      username: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(100))),
      password: z.optional(password),
      maxNumber: z.optional(z.int().check(z.gte(1), z.lte(200))),
      codec: z.optional(text(40)),
      mode: z.optional(text(20)),
      /** Given: the answer carries `media` and receiving can start at once. */
      rtpCapabilities: z.optional(rtpCapabilities),
    }),
    output: z.object({
      client,
      members: z.array(client),
      room,
      snapshot,
      media: z.nullable(mediaSession),
    }),
    who: 'visitor',
    errors: ['NOT_FOUND', 'FORBIDDEN', 'WRONG_PASSWORD', 'ROOM_FULL', 'ROOM_NOT_OPEN', 'THROTTLED', 'CONFLICT'],
    events: ['meeting.roster'],
    since: '1.0',
  }),
  'meeting.exit': method({
    spec: '3.2',
    summary: 'Leave; 0 left, 1 was in no meeting.',
    input: z.object({}),
    output: z.object({ result: z.int() }),
    who: 'visitor',
    worksWithExpiredSign: true,
    events: ['meeting.roster'],
    since: '1.0',
  }),
  'meeting.snapshot': method({
    spec: '+',
    summary: 'The whole state of the meeting, for a client that missed too much.',
    input: z.object({}),
    output: snapshot,
    reads: true,
    who: 'participant',
    since: '1.0',
  }),
  'meeting.updateMute': method({
    spec: '3.8',
    summary: 'Turn one’s own microphone off or on; the server stops the sound whatever the client does.',
    input: z.object({ isMute: z.boolean() }),
    output: z.object({ isMuted: z.boolean() }),
    who: 'participant',
    events: ['meeting.roster'],
    since: '1.0',
  }),
  'meeting.muteMsg': method({
    spec: '3.9',
    summary: 'Mute somebody, or ask somebody to un-mute. Others: moderators only.',
    input: z.object({ userId: id, roomId: z.optional(id), isMute: z.boolean(), super: z.optional(text(20)) }),
    output: z.object({}),
    who: 'participant',
    errors: ['FORBIDDEN', 'NOT_FOUND'],
    events: ['meeting.onMute', 'meeting.roster'],
    since: '1.0',
  }),
  'meeting.chat': method({
    spec: '3.26',
    summary: 'Say something to everybody in writing.',
    input: z.object({
      userId: z.optional(id),
      roomId: z.optional(id),
      content: chatContent,
    }),
    output: z.object({ message: chatMessage }),
    who: 'participant',
    errors: ['THROTTLED'],
    events: ['meeting.onChat'],
    since: '1.0',
  }),
  'media.open': method({
    spec: '+',
    summary: 'Make both transports, or make them anew after the old ones failed.',
    input: z.object({ rtpCapabilities }),
    output: mediaSession,
    who: 'participant',
    errors: ['CONFLICT'],
    since: '1.0',
  }),
  'media.connect': method({
    spec: '+',
    summary: 'Give a transport the browser’s DTLS parameters.',
    input: z.extend(transportId, { dtlsParameters }),
    output: z.object({}),
    who: 'participant',
    errors: ['NOT_FOUND', 'CONFLICT'],
    since: '1.0',
  }),
  'media.restartIce': method({
    spec: '+',
    summary: 'New ICE parameters for a transport whose path broke.',
    input: transportId,
    output: z.object({ iceParameters }),
    who: 'participant',
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'media.produce': method({
    spec: '3.4',
    summary: 'Send a microphone, camera or screen.',
    input: z.object({ source, kind, rtpParameters, paused: z.optional(z.boolean()) }),
    output: z.object({ producerId: z.string() }),
    who: 'participant',
    errors: ['CONFLICT', 'SHARE_IN_USE', 'FORBIDDEN'],
    events: ['meeting.roster'],
    since: '1.0',
  }),
  'media.setPaused': method({
    spec: '3.7',
    summary: 'Pause or resume what one sends. The camera: 3.7; the microphone goes through meeting.updateMute.',
    input: z.object({ source, paused: z.boolean() }),
    output: z.object({}),
    who: 'participant',
    errors: ['NOT_FOUND'],
    events: ['meeting.roster'],
    since: '1.0',
  }),
  'media.close': method({
    spec: '+',
    summary: 'Stop sending a source for good.',
    input: z.object({ source }),
    output: z.object({}),
    who: 'participant',
    events: ['meeting.roster'],
    since: '1.0',
  }),
  'media.setReceive': method({
    spec: '3.5',
    summary: 'Say what one wants to see; the server works out the difference. Idempotent.',
    input: z.object({
      tiles: z
        .array(
          z.object({
            clientId: id,
            source: z.enum(['camera', 'screen']),
            /** The longer side of the tile in device pixels. */
            maxSide: z.int().check(z.gte(0), z.lte(8192)),
          }),
        )
        .check(z.maxLength(100)),
      /** Client whose picture matters most when bandwidth is short. */
      pinned: z.optional(z.nullable(id)),
      maxVideos: z.optional(z.int().check(z.gte(0), z.lte(100))),
      audioOnly: z.optional(z.boolean()),
    }),
    output: z.object({}),
    who: 'participant',
    events: ['media.consumers', 'media.consumersClosed'],
    since: '1.0',
  }),
  'media.resumeConsumers': method({
    spec: '+',
    summary: 'Acknowledge consumers: they were made paused and flow from here on.',
    input: z.object({ consumerIds: ids }),
    output: z.object({}),
    who: 'participant',
    since: '1.0',
  }),
});

/** What the server tells the widget unasked. Each carries a number `seq`; a client that resumes gets what it missed. */
export const meetingEvents = events({
  'meeting.roster': event({
    spec: '3.25',
    summary:
      'People came, went or changed. Batched: at once in small rooms, every 500 ms from 50 people, every second from 100.',
    payload: z.object({
      roomId: id,
      room,
      joined: z.array(participant),
      changed: z.array(participant),
      left: z.array(id),
    }),
    since: '1.0',
  }),
  'meeting.onChat': event({ spec: '3.26', summary: 'Somebody wrote.', payload: chatMessage, since: '1.0' }),
  'meeting.onMute': event({
    spec: '3.9',
    summary: 'A moderator muted somebody (then it is done already) or asks them to un-mute.',
    payload: z.object({
      userId: id,
      roomId: id,
      isMute: z.boolean(),
      super: z.optional(z.string()),
      fromSuper: z.optional(z.boolean()),
    }),
    since: '1.0',
  }),
  'meeting.speakers': event({
    spec: '3.48',
    summary:
      'Who is heard, loudest first; `active` is the one who holds the floor. At most 4 a second, only on change.',
    payload: z.object({ active: z.nullable(id), speakers: z.array(z.object({ clientId: id, volume: z.number() })) }),
    since: '1.0',
  }),
  'meeting.closed': event({
    spec: '3.1',
    summary: 'One’s own part in the meeting is over.',
    payload: z.object({
      roomId: id,
      /** `displaced` becomes the host event `EnterRoom` with `result: 9`. */
      reason: endReason,
      /** How long to wait before trying again, in milliseconds. */
      retryAfter: z.optional(z.int()),
    }),
    since: '1.0',
  }),
  'media.consumers': event({
    spec: '+',
    summary: 'New things to receive, in one go; consume them without awaiting one by one, then acknowledge.',
    payload: z.object({ consumers: z.array(consumer) }),
    since: '1.0',
  }),
  'media.consumersClosed': event({
    spec: '+',
    summary: 'These are over.',
    payload: z.object({ consumerIds: z.array(z.string()) }),
    since: '1.0',
  }),
  'media.consumerPaused': event({
    spec: '+',
    summary: 'The sender paused or resumed.',
    payload: z.object({ consumerId: z.string(), paused: z.boolean() }),
    since: '1.0',
  }),
  'media.quality': event({
    spec: '3.25',
    summary: 'The path of one’s own upload or download got bad or good again (host event `onLinkSlow`).',
    payload: z.object({ direction: z.enum(['upload', 'download']), poor: z.boolean() }),
    since: '1.0',
  }),
  'media.codecUnsupported': event({
    spec: '3.1',
    summary: 'Somebody in the meeting cannot receive what this source is encoded with: publish it again as VP8.',
    payload: z.object({ source }),
    since: '1.0',
  }),
  'media.reset': event({
    spec: '+',
    summary: 'The media worker went away; call media.open and publish again.',
    payload: z.object({}),
    since: '1.0',
  }),
});

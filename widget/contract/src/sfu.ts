import * as z from 'zod/mini';
import { id, looseId } from './beans/values.ts';
import { event, events, method, methods } from './define.ts';
import { itsOwn, itsOwnById, itsOwnOrTakesOver, participants, permit, visitors } from './may.ts';
import {
  dtlsParameters,
  iceParameters,
  iceServer,
  kind,
  rtpCapabilities,
  rtpParameters,
  transportOptions,
} from './rtp.ts';

/** Sources that a participant can send: at most one producer of each. */
export const source = z.enum(['mic', 'camera', 'screen', 'screenAudio']);
export type Source = z.output<typeof source>;

/** After how many milliseconds `media.restartIce` gives fresh credentials for the relay; they expire some time later. */
const renewIceIn = z.int();

/** Both transports of a participant. A new `peerId` with every new pair. */
export const mediaSession = z.object({
  peerId: z.string(),
  send: transportOptions,
  receive: transportOptions,
  iceServers: z.array(iceServer),
  iceTransportPolicy: z.enum(['all', 'relay']),
  renewIceIn: z.optional(renewIceIn),
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

const { iceCandidates, dtlsParameters: ofServer } = transportOptions.shape;
const probe = z.object({
  iceParameters,
  iceCandidates,
  dtlsParameters: ofServer,
  iceServers: z.array(iceServer),
  iceTransportPolicy: z.enum(['all', 'relay']),
});
export type MediaProbe = z.output<typeof probe>;

/** Signalling of media between the widget and the server, over the socket. */
export const sfuMethods = methods({
  'media.probe': method({
    spec: '+',
    summary:
      'Open a transport that answers ICE for 15 seconds and carries no media, to test before a meeting whether media reaches the server.',
    input: z.object({}),
    output: probe,
    reads: true,
    overSocket: true,
    may: permit('visitor', visitors),
    errors: ['THROTTLED'],
    since: '1.0',
  }),
  'media.open': method({
    spec: '+',
    summary: 'Create the transports for sending and receiving, or replace them after they failed.',
    input: z.object({ rtpCapabilities }),
    output: mediaSession,
    may: participants,
    errors: ['CONFLICT'],
    since: '1.0',
  }),
  'media.connect': method({
    spec: '+',
    summary: 'Connect a transport with the browser’s DTLS parameters.',
    input: z.extend(transportId, { dtlsParameters }),
    output: z.object({}),
    may: itsOwnById,
    errors: ['NOT_FOUND', 'CONFLICT'],
    since: '1.0',
  }),
  'media.restartIce': method({
    spec: '+',
    summary:
      'Restart ICE on a transport that lost its connection, or whose relay needs fresh credentials (`renewIceIn`); answers the new ICE parameters.',
    input: transportId,
    output: z.object({
      iceParameters,
      /** Only where a relay is used. */
      iceServers: z.optional(z.array(iceServer)),
      renewIceIn: z.optional(renewIceIn),
    }),
    may: itsOwnById,
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'media.produce': method({
    spec: '3.4',
    summary: 'Create a producer for a microphone, a camera or a screen.',
    input: z.object({
      source,
      kind,
      rtpParameters,
      paused: z.optional(z.boolean()),
      /** For a screen: the id by which participants know it; if absent, the server makes one. */
      shareScreenId: z.optional(looseId),
      /** For a screen: end the share of another participant. The moderator only. */
      takeOver: z.optional(z.boolean()),
    }),
    output: z.object({ producerId: z.string() }),
    may: itsOwnOrTakesOver,
    errors: ['CONFLICT', 'SHARE_IN_USE', 'FORBIDDEN'],
    events: ['meeting.roster', 'meeting.shareTaken'],
    since: '1.0',
  }),
  'media.setPaused': method({
    spec: '3.7',
    summary:
      'Pause or resume the caller’s producer of a source, such as the camera (3.7). To mute the microphone, call `meeting.updateMute`.',
    input: z.object({ source, paused: z.boolean() }),
    output: z.object({}),
    may: itsOwn,
    errors: ['NOT_FOUND'],
    events: ['meeting.roster'],
    since: '1.0',
  }),
  'media.close': method({
    spec: '+',
    summary: 'Close the caller’s producer of a source.',
    input: z.object({ source }),
    output: z.object({}),
    may: itsOwn,
    events: ['meeting.roster'],
    since: '1.0',
  }),
  'media.setReceive': method({
    spec: '3.5',
    summary:
      'Set which videos the caller wants to receive, and in which size. The server creates and closes consumers accordingly. Idempotent.',
    input: z.object({
      tiles: z
        .array(
          z.object({
            clientId: looseId,
            source: z.enum(['camera', 'screen']),
            /** The longer side of the tile in device pixels. */
            maxSide: z.int().check(z.gte(0), z.lte(8192)),
            /** Simulcast layer to receive whatever the size, from 0 (small) to 2 (large). */
            layer: z.optional(z.int().check(z.gte(0), z.lte(2))),
          }),
        )
        .check(z.maxLength(100)),
      /** `Client.id` of the participant whose video has priority when bandwidth is short. */
      pinned: z.optional(z.nullable(looseId)),
      maxVideos: z.optional(z.int().check(z.gte(0), z.lte(100))),
      /** True: no video is received, and the caller’s camera is paused; others see that in the roster (3.23). */
      audioOnly: z.optional(z.boolean()),
    }),
    output: z.object({}),
    may: participants,
    events: ['media.consumers', 'media.consumersClosed', 'meeting.roster'],
    since: '1.0',
  }),
  'media.resumeConsumers': method({
    spec: '+',
    summary: 'Resume consumers once the client has set them up; the server creates them paused.',
    input: z.object({ consumerIds: ids }),
    output: z.object({}),
    may: itsOwn,
    since: '1.0',
  }),
});

/** Events about media that the server sends. */
export const sfuEvents = events({
  'meeting.speakers': event({
    spec: '3.48',
    summary:
      'The participants who are speaking, loudest first, with `volume` in decibels (0 is full scale); `active` is the active speaker. Sent on change, at most 4 times a second.',
    payload: z.object({ active: z.nullable(id), speakers: z.array(z.object({ clientId: id, volume: z.number() })) }),
    volatile: 'state',
    since: '1.0',
  }),
  'media.consumers': event({
    spec: '+',
    summary:
      'New consumers on the receiving transport named `transportId`; they may arrive before the answer that opens it. Set up all of them at once, not one after the other, then call `media.resumeConsumers`.',
    payload: z.object({ transportId: z.string(), consumers: z.array(consumer) }),
    since: '1.0',
  }),
  'media.consumersClosed': event({
    spec: '+',
    summary: 'The server closed these consumers.',
    payload: z.object({ consumerIds: z.array(z.string()) }),
    since: '1.0',
  }),
  'media.consumerPaused': event({
    spec: '+',
    summary: 'The producer of a consumer was paused or resumed.',
    payload: z.object({ consumerId: z.string(), paused: z.boolean() }),
    since: '1.0',
  }),
  'media.quality': event({
    spec: '3.25',
    summary:
      'The network quality of the caller’s upload or download became poor, or good again (host event `onLinkSlow`).',
    payload: z.object({ direction: z.enum(['upload', 'download']), poor: z.boolean() }),
    since: '1.0',
  }),
  'media.layers': event({
    spec: '3.40',
    summary:
      'The highest simulcast layer of the caller’s own video that any participant receives: 0 small, 1 middle, 2 large, -1 none. Higher layers need not be sent. A higher value is sent at once, a lower one after five seconds.',
    payload: z.object({ producerId: z.string(), maxLayer: z.int() }),
    since: '1.0',
  }),
  'media.codecUnsupported': event({
    spec: '3.1',
    summary: 'Another participant cannot decode the codec of this source: publish it again as VP8.',
    payload: z.object({ source }),
    since: '1.0',
  }),
  'media.reset': event({
    spec: '+',
    summary: 'The media worker ended, and with it all transports. Call `media.open` and publish again.',
    payload: z.object({}),
    since: '1.0',
  }),
});

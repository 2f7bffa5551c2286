import * as z from 'zod/mini';
import {
  client,
  company,
  definition,
  domId,
  id,
  looseId,
  mediaDevice,
  room,
  roomType,
  text,
  user,
} from './beans/index.ts';
import { event, events, method, methods } from './define.ts';
import { lookEvents, lookMethods } from './look.ts';
import { everybody, participants } from './may.ts';
import { sendFileMethods } from './meeting/chatFiles.ts';
import { localRecordEvents, localRecordMethods } from './meeting/localRecord.ts';
import { screenRecordMethods } from './meeting/screenRecord.ts';
import { shareMethods, sharePageEvents } from './meeting/share.ts';
import { stageMethods } from './pageStage.ts';
import { connection, screen } from './widgetState.ts';

/** A client that a page passes back: only its id is used. */
const clientReference = z.looseObject({ id: looseId });

const flag = z.boolean();

/**
 * Device states of 3.37 to 3.39: 1000 usable, 1001 not permitted, 1002 not found, unreadable or unsupported, 1003 other.
 */
const deviceCheck = z.object({ code: z.literal([1000, 1001, 1002, 1003]) });

const bitrate = z.object({
  audio: z.object({ kbps: z.number() }),
  video: z.object({ kbps: z.number(), fps: z.number(), width: z.int(), height: z.int() }),
});
export type Bitrate = z.output<typeof bitrate>;

/**
 * Methods of `RTCPeer` that the widget answers itself. Every other method of a page is a row of the wire that has a
 * `page` name (`api.ts`). The SDK removes every `callback` of the specification and calls it with the value that the
 * Promise resolves with. `getCurrentUser`, `getCurrentCompany`, `on`, `off` and the like need no call: they read the
 * SDK's mirror.
 */
export const widgetMethods = methods({
  ...shareMethods,
  ...localRecordMethods,
  ...screenRecordMethods,
  ...sendFileMethods,
  'meeting.publish': method({
    spec: '3.4',
    summary:
      'Publish the microphone and the camera. Also works without a camera, without a microphone or without both. In an audio-only room no camera is published.',
    input: z.object({
      audio: flag,
      video: flag,
      /** False: no camera is opened at all; `video` counts as false then. */
      useVideo: z.optional(flag),
      /**
       * Id of the tile for the caller’s own video; `domId` is its other name in the specification’s examples. Default
       * `local`.
       */
      localTag: z.optional(domId),
      domId: z.optional(domId),
      /**
       * Id of the tile that shows the last active speaker among the other participants. With automatic play it is that
       * participant’s own tile, with the id `remote` unless another one is given here; without automatic play there is
       * such a tile only if it is named here.
       */
      remoteTag: z.optional(domId),
      /** Resolution of the camera’s video. Default: the room’s. */
      definition: z.optional(definition),
      /** Frames a second; default 30. */
      maxFrameRate: z.optional(z.int().check(z.gte(1), z.lte(30))),
      /** Frames a second, not above `maxFrameRate`; a slower camera is used as it is. */
      minFrameRate: z.optional(z.int().check(z.gte(1), z.lte(30))),
      /** Camera’s deviceId, or `any`. */
      useCamera: z.optional(text(500)),
      /** Microphone’s deviceId, or `any`. */
      useMic: z.optional(text(500)),
      /** Result of `checkDevice`: a device whose `code` is not 1000 is not opened. */
      device: z.optional(
        z.looseObject({
          video: z.optional(z.looseObject({ code: z.int() })),
          audio: z.optional(z.looseObject({ code: z.int() })),
        }),
      ),
    }),
    /** The SDK adds `getBitrate()`. */
    output: z.object({ client }),
    may: participants,
    patient: true,
    events: ['onLocalPublished', 'onPublished'],
    errors: ['PERMISSION_DENIED', 'DEVICE_NOT_FOUND', 'DEVICE_IN_USE'],
    since: '1.0',
  }),
  'meeting.play': method({
    spec: '3.5',
    summary: 'Show a participant’s video in the tile with the id `domId`; an unknown id creates a tile.',
    input: z.object({ client: clientReference, domId }),
    output: z.object({ client }),
    may: participants,
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'meeting.closePlay': method({
    spec: '3.6',
    summary:
      'Stop showing and receiving a participant’s video. Answers the participant, whose field `client` is the participant once more: the specification’s examples read both forms.',
    input: z.union([z.object({ client: clientReference }), z.object({ object: clientReference }), clientReference]),
    output: z.extend(client, { client }),
    may: participants,
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'meeting.updateVideo': method({
    spec: '3.7',
    summary:
      'Turn the caller’s own camera on or off; off releases the device. In an audio-only room `true` rejects with `FORBIDDEN`.',
    input: z.object({ video: flag, client: z.optional(clientReference) }),
    output: client,
    may: participants,
    positional: ['video'],
    patient: true,
    events: ['onPublished'],
    errors: ['FORBIDDEN', 'PERMISSION_DENIED', 'DEVICE_NOT_FOUND', 'DEVICE_IN_USE'],
    since: '1.0',
  }),
  'meeting.flipsCamera': method({
    spec: '3.22',
    summary:
      'Switch to the next camera: on a phone from front to back or the other way round. Answers the camera. While the camera is off, this chooses which camera will be turned on.',
    input: z.optional(z.object({})),
    output: mediaDevice,
    may: everybody,
    patient: true,
    errors: ['DEVICE_NOT_FOUND', 'DEVICE_IN_USE', 'PERMISSION_DENIED'],
    events: ['deviceChanged'],
    since: '1.0',
  }),
  'meeting.getMediaDevices': method({
    spec: '3.33',
    summary: 'List cameras, microphones and speakers.',
    input: z.optional(z.object({})),
    output: z.array(mediaDevice),
    may: everybody,
    patient: true,
    since: '1.0',
  }),
  'meeting.getMediaVideoDevices': method({
    spec: '3.34',
    summary: 'List cameras; `[]` when there is none.',
    input: z.optional(z.object({})),
    output: z.array(mediaDevice),
    may: everybody,
    patient: true,
    since: '1.0',
  }),
  'meeting.checkDevice': method({
    spec: '3.37',
    summary:
      'Test the camera and the microphone; a camera with fewer lines than `definition` counts as unsupported (1002).',
    input: z.optional(z.object({ definition: z.optional(definition) })),
    output: z.object({ video: deviceCheck, audio: deviceCheck }),
    may: everybody,
    patient: true,
    since: '1.0',
  }),
  'meeting.checkVideo': method({
    spec: '3.38',
    summary: 'Test the camera; one with fewer lines than `definition` counts as unsupported (1002).',
    input: z.optional(z.object({ definition: z.optional(definition) })),
    output: z.object({ video: deviceCheck }),
    may: everybody,
    patient: true,
    since: '1.0',
  }),
  'meeting.checkAudio': method({
    spec: '3.39',
    summary: 'Test the microphone.',
    input: z.optional(z.object({})),
    output: z.object({ audio: deviceCheck }),
    may: everybody,
    patient: true,
    since: '1.0',
  }),
  'meeting.switchDevice': method({
    spec: '3.46',
    summary: 'Switch to another camera, microphone or speaker; at least one must be named.',
    input: z
      .object({
        video: z.optional(z.looseObject({ deviceId: text(500) })),
        audio: z.optional(z.looseObject({ deviceId: text(500) })),
        speaker: z.optional(z.looseObject({ deviceId: text(500) })),
      })
      .check(
        z.refine(
          (value) => Boolean(value.video ?? value.audio ?? value.speaker),
          'expected at least one of video, audio, speaker',
        ),
      ),
    output: z.object({}),
    may: everybody,
    patient: true,
    errors: ['DEVICE_NOT_FOUND', 'DEVICE_IN_USE', 'PERMISSION_DENIED', 'UNSUPPORTED'],
    events: ['deviceChanged'],
    since: '1.0',
  }),
  'meeting.getMicVolume': method({
    spec: '3.47',
    summary:
      'Call a function with the volume of the caller’s own microphone, 0 to 30000, about ten times a second; 0 while it is off. The SDK takes the function and resolves with another function that stops the calls. Until then the widget sends `micVolume`.',
    input: z.object({ isOn: z.optional(flag) }),
    output: z.object({}),
    may: everybody,
    positional: ['isOn'],
    events: ['micVolume'],
    since: '1.0',
  }),
  'meeting.getBitrate': method({
    spec: '3.4',
    summary:
      'Bit rates in kbit/s, frames per second and size of the video that the caller sends (no `client`) or receives from a client; `publish` and `play` return a function for it.',
    input: z.optional(z.object({ client: z.optional(clientReference) })),
    output: bitrate,
    may: participants,
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  ...stageMethods,
  ...lookMethods,
});

const inRoom = { roomId: id, client };

/**
 * What is wrong between the widget and the platform. `upgrade`: a proxy does not pass WebSockets on; `answer`: another server answers;
 * `path`: a proxy does not remove its path prefix; `host`: the request names a host that the platform does not know as its own;
 * `publicOrigin`: `PUBLIC_ORIGIN` is not the address that browsers use.
 */
const hostingFault = z.enum(['upgrade', 'answer', 'path', 'host', 'publicOrigin']);

/** Events that the widget itself sends to pages; the others are rows of the wire that have a `page` name. */
export const widgetEvents = events({
  ...sharePageEvents,
  ...localRecordEvents,
  ...lookEvents,
  EnterRoom: event({
    spec: '3.25',
    summary:
      'A participant entered; also sent for the caller. `result: 9`: this account entered on another device and this one leaves.',
    payload: z.object({ roomId: id, client, result: z.optional(z.int()) }),
    since: '1.0',
  }),
  ExitRoom: event({
    spec: '3.25',
    summary: 'A participant left; also sent for the caller.',
    payload: z.object(inRoom),
    since: '1.0',
  }),
  onLocalPublished: event({
    spec: '3.4',
    summary: 'The server receives the caller’s own audio and video.',
    payload: z.object(inRoom),
    since: '1.0',
  }),
  onPublished: event({
    spec: '3.25',
    summary:
      'A participant’s video starts (`play`) or ends (`close`, `audioMode`). `vCode: rePlay`: `client.peerId` is new.',
    payload: z.object({
      ...inRoom,
      event: z.enum(['play', 'close', 'audioMode']),
      vCode: z.optional(z.literal('rePlay')),
    }),
    since: '1.0',
  }),
  onLinkSlow: event({
    spec: '3.25',
    summary: 'The network is poor: 1001 upload, 1002 download.',
    payload: z.object({ code: z.literal([1001, 1002]) }),
    since: '1.0',
  }),
  memberTalking: event({
    spec: '3.48',
    summary: 'The active speaker changed. Sent at most 4 times a second.',
    payload: z.object({ member: client }),
    since: '1.0',
  }),
  micVolume: event({
    spec: '3.47',
    summary:
      'Volume of the caller’s own microphone, 0 to 30000, about ten times a second while `getMicVolume` wants it; 0 while it is off.',
    payload: z.object({ volume: z.int() }),
    since: '1.0',
  }),
  deviceChanged: event({
    spec: '3.33',
    summary: 'Devices were connected or removed, or another device is in use.',
    payload: z.object({ devices: z.array(mediaDevice) }),
    since: '1.0',
  }),
  callRinging: event({
    spec: '+',
    summary:
      'With `callScreens` or `receiver`: a call rings in this widget. `audible` is false where the browser blocks the ringtone until the user has clicked: the page can play its own. `text` says who calls, for a notification of the page.',
    payload: z.object({ callId: z.string(), audible: flag, peer: user, type: roomType, text: z.string() }),
    since: '1.1',
  }),
  callSilent: event({
    spec: '+',
    summary:
      'The call of a `callRinging` event no longer rings in this widget: it was answered or silenced, or it has ended.',
    payload: z.object({ callId: z.string() }),
    since: '1.1',
  }),
  frameWanted: event({
    spec: '+',
    summary:
      'With `callScreens` or `receiver`: how much of the page the frame needs. `none`: nothing, it can be hidden; `card`: a card of `width` × `height` CSS pixels; `full`: as much as possible. The SDK resizes the frame accordingly unless `callFrame` is `page`.',
    payload: z.object({ view: z.enum(['none', 'card', 'full']), width: z.int(), height: z.int() }),
    since: '1.1',
  }),
  frameDragged: event({
    spec: '+',
    summary: 'The user drags the card by this many CSS pixels.',
    payload: z.object({ x: z.number(), y: z.number() }),
    since: '1.1',
  }),
  connectionChanged: event({
    spec: '+',
    summary: 'The state of the connection to the platform changed.',
    payload: z.object({ connection }),
    since: '1.0',
  }),
  outdated: event({
    spec: '+',
    summary:
      'The platform was updated after this widget was loaded; `build` names the new build. A running meeting continues. The widget offers the user to reload it; the page may reload it when no meeting is running.',
    payload: z.object({ build: z.string() }),
    since: '1.1',
  }),
  failed: event({
    spec: '+',
    summary:
      'An error that no call of the page caused. The widget shows it to the user, too. `fault` names what is wrong with a proxy in front of the platform; docs/deployment.md says what to set.',
    payload: z.object({ code: z.string(), message: z.string(), fault: z.optional(hostingFault) }),
    since: '1.0',
  }),
});

/** State that the SDK mirrors, so that a page can read it at any time without a call. */
export const mirroredState = z.object({
  user: z.nullable(user),
  company: z.nullable(company),
  room: z.nullable(room),
  client: z.nullable(client),
  /** The other participants. */
  members: z.array(client),
  /** When the meeting began, milliseconds since 1970 by the server’s clock; `null` outside a meeting. */
  startedAt: z.nullable(z.number()),
  /** Add to `Date.now()` to get the server’s clock. */
  clockOffset: z.number(),
  connection,
  /** `opening`: the room is being looked up; `closed`: it cannot be entered now, and the user is told why. */
  screen,
  microphone: flag,
  camera: flag,
});
export type MirroredState = z.output<typeof mirroredState>;

export type { ErrorCode } from '@meetframe/contract/error';
export { RTCPeerError } from '@meetframe/contract/error';
export { defineElement, type MeetingFrameElement } from './element.ts';
export type { RTCPeerOptions } from './options.ts';
export { RTCPeer } from './rtcPeer.ts';
export type {
  Call,
  Client,
  Company,
  EventName,
  EventPayload,
  MethodName,
  MirroredState,
  Unsubscribe,
  User,
} from './types.ts';

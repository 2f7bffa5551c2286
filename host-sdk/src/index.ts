export { type ErrorCode, type ErrorShape, RTCPeerError } from '@meetframe/contract/error';
export type * from './derived.ts';
export { defineElement, type MeetingFrameElement } from './element.ts';
export type { RTCPeerOptions } from './options.ts';
export type { Callback, RemoteMethod, WithCallback } from './remoteMethod.ts';
export { RTCPeer } from './rtcPeer.ts';
export type { EventName, EventPayload, MethodName, RTCPeerConstructor, Unsubscribe } from './types.ts';

import type { EventTable, MethodTable, Payload } from './define.ts';
import { meeting, meetingEvents } from './meeting.ts';
import { platform, platformEvents } from './platform.ts';

/** Every method of the wire: what a client calls as `{module, method, …}`. */
export const wireMethods = { ...platform, ...meeting } as const satisfies MethodTable;
export type WireMethods = typeof wireMethods;

/** Every event that the server sends to a device by itself. */
export const wireEvents = { ...platformEvents, ...meetingEvents } as const satisfies EventTable;
export type WireEvents = typeof wireEvents;
export type WireEventName = keyof WireEvents;
export type WirePayload<N extends WireEventName> = Payload<WireEvents[N]>;

/** How the server tells a device something: a wrong event name or a wrong field does not compile. */
export type Emit = <N extends WireEventName>(name: N, payload: WirePayload<N>) => void;

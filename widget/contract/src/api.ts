import type * as z from 'zod/mini';
import { accountEvents, accountMethods } from './account.ts';
import { appointmentMethods } from './appointments.ts';
import { events, type Input, type Method, methods, type Output, type Payload, type Schema } from './define.ts';
import { chatEvents, chatMethods } from './meeting/chat.ts';
import { moderationEvents, moderationMethods } from './meeting/moderation.ts';
import { seatEvents, seatMethods } from './meeting/seat.ts';
import type { widgetEvents, widgetMethods } from './page.ts';
import { recordMethods } from './records.ts';
import type { dateFields } from './relay.ts';
import { roomMethods } from './rooms.ts';
import { sessionEvents, sessionMethods } from './session.ts';
import { sfuEvents, sfuMethods } from './sfu.ts';
import { userMethods } from './users.ts';

/** What a page's widget, a partner's back end or any other client calls over `POST /app/{module}` or the socket. */
export const platform = methods({
  ...sessionMethods,
  ...accountMethods,
  ...roomMethods,
  ...appointmentMethods,
  ...userMethods,
  ...recordMethods,
});
export type Platform = typeof platform;
/** What the server tells a device by itself, outside a meeting. */
export const platformEvents = events({ ...sessionEvents, ...accountEvents });

/** What a device calls within its meeting, over the socket. */
export const meeting = methods({ ...seatMethods, ...moderationMethods, ...chatMethods, ...sfuMethods });
/** What the server tells the participants of a meeting. */
export const meetingEvents = events({ ...seatEvents, ...moderationEvents, ...chatEvents, ...sfuEvents });

/** Every method of the wire: `{module, method, …}`. */
export const wireMethods = methods({ ...platform, ...meeting });
export type WireMethods = typeof wireMethods;
export type WireMethodName = keyof WireMethods;

/** Every event of the wire. Each carries a number `seq`; a device that resumes gets what it missed. */
export const wireEvents = events({ ...platformEvents, ...meetingEvents });
export type WireEvents = typeof wireEvents;
export type WireEventName = keyof WireEvents;
export type WirePayload<N extends WireEventName> = Payload<WireEvents[N]>;

/** How the server tells a device something: a wrong event name or a wrong field does not compile. */
export type Emit = <N extends WireEventName>(name: N, payload: WirePayload<N>) => void;

/** Methods that need a conversation, or a seat in a meeting: they cannot be called over HTTP. */
export const isOverSocket = ({ overSocket, may: { level } }: Pick<Method, 'overSocket' | 'may'>): boolean =>
  overSocket === true || level === 'participant' || level === 'moderator';

type Replaced<K, V> = K extends (typeof dateFields)[number] ? (null extends V ? Date | null : Date) : ForPage<V>;
/** What the wire answers or tells, as a page gets it. */
export type ForPage<T> = T extends readonly (infer E)[]
  ? ForPage<E>[]
  : T extends object
    ? { [K in keyof T]: Replaced<K, T[K]> }
    : T;

type Internal<R> = R extends { internal: readonly (infer F)[] } ? F : never;
type Without<T, F> = T extends object ? Omit<T, F & keyof T> : T;
type Shown<R extends { output: Schema }> = ForPage<
  Internal<R> extends never ? Output<R> : Without<Output<R>, Internal<R>>
>;
type PageOutput<R extends { output: Schema }, A = Shown<R>> = R extends { pageGets: infer F }
  ? F extends keyof A
    ? A[F] extends readonly unknown[]
      ? A[F] & A
      : A[F]
    : never
  : A;

/** A row of the wire as pages see it. */
type PageRow<R extends Method> = Omit<R, 'input' | 'output'> & {
  input: z.ZodMiniType<unknown, Internal<R> extends never ? Input<R> : Without<Input<R>, Internal<R>>>;
  output: z.ZodMiniType<PageOutput<R>>;
};
type PageName<R> = R extends { page: infer P extends string } ? P : never;
type RelayedTable = { [W in WireMethodName as PageName<WireMethods[W]>]: PageRow<WireMethods[W]> };
/** Every method of `RTCPeer`, under its name in pages. */
export type PageTable = typeof widgetMethods & RelayedTable;
/** Those that the server checks. */
export type RelayedName = keyof RelayedTable;

type RelayedEvents = { [W in WireEventName as PageName<WireEvents[W]>]: ForPage<WirePayload<W>> };
/** What each event of `rtcPeer.on(name, fn)` carries. */
export type PageEvents = { [N in keyof typeof widgetEvents]: Payload<(typeof widgetEvents)[N]> } & RelayedEvents;
export type PageEventName = keyof PageEvents;

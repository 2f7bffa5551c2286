import type * as z from 'zod/mini';
import { accountEvents, accountMethods } from './account.ts';
import { appointmentMethods } from './appointments.ts';
import type { Author } from './beans/chatMessage.ts';
import type { Client } from './beans/client.ts';
import { callListMethods } from './callLists.ts';
import { callEvents, callMethods } from './calls.ts';
import type { dateFields } from './dateFields.ts';
import { events, type Input, type Method, methods, type Output, type Payload, type Schema } from './define.ts';
import type { Failure } from './failure.ts';
import { chatEvents, chatMethods } from './meeting/chat.ts';
import { chatFileMethods } from './meeting/chatFiles.ts';
import { invitationMethods } from './meeting/invitation.ts';
import { moderationEvents, moderationMethods } from './meeting/moderation.ts';
import { occupancyMethods } from './meeting/occupancy.ts';
import { reactionEvents, reactionMethods } from './meeting/reactions.ts';
import { recordingEvents, recordingMethods } from './meeting/record.ts';
import { recordUploadMethods } from './meeting/screenRecord.ts';
import { seatEvents, seatMethods } from './meeting/seat.ts';
import { shareEvents } from './meeting/share.ts';
import { transcriptEvents, transcriptMethods } from './meeting/transcript.ts';
import { waitingRoomEvents, waitingRoomMethods } from './meeting/waitingRoom.ts';
import { nodeMethods } from './nodes.ts';
import type { widgetEvents, widgetMethods } from './page.ts';
import { presenceEvents, presenceMethods } from './presence.ts';
import { recordMethods } from './records.ts';
import { roomMethods } from './rooms.ts';
import { sessionEvents, sessionMethods } from './session.ts';
import { sfuEvents, sfuMethods } from './sfu.ts';
import { storedTranscriptMethods } from './transcripts.ts';
import { userMethods } from './users.ts';

/** Methods that a widget, a partner's back end or any other client calls over `POST /app/{module}` or the socket. */
export const platform = methods({
  ...sessionMethods,
  ...accountMethods,
  ...roomMethods,
  ...appointmentMethods,
  ...userMethods,
  ...recordMethods,
  ...nodeMethods,
  ...storedTranscriptMethods,
  ...callMethods,
  ...callListMethods,
  ...presenceMethods,
});
export type Platform = typeof platform;
/** Events that the server sends to a device outside a meeting. */
export const platformEvents = events({ ...sessionEvents, ...accountEvents, ...callEvents, ...presenceEvents });

/** Methods that a device calls in its meeting, over the socket. */
export const meeting = methods({
  ...seatMethods,
  ...moderationMethods,
  ...waitingRoomMethods,
  ...chatMethods,
  ...chatFileMethods,
  ...reactionMethods,
  ...invitationMethods,
  ...recordingMethods,
  ...occupancyMethods,
  ...recordUploadMethods,
  ...transcriptMethods,
  ...sfuMethods,
});
/** Events that the server sends to the participants of a meeting. */
export const meetingEvents = events({
  ...seatEvents,
  ...moderationEvents,
  ...waitingRoomEvents,
  ...chatEvents,
  ...reactionEvents,
  ...recordingEvents,
  ...shareEvents,
  ...transcriptEvents,
  ...sfuEvents,
});

/** Every method of the wire: `{module, method, …}`. */
export const wireMethods = methods({ ...platform, ...meeting });
export type WireMethods = typeof wireMethods;
export type WireMethodName = keyof WireMethods;

/**
 * Every event of the wire. Each carries a sequence number `seq`, unless it is volatile; a device that resumes its
 * session gets those with a number that it missed, and the newest of each state.
 */
export const wireEvents = events({ ...platformEvents, ...meetingEvents });
export type WireEvents = typeof wireEvents;
export type WireEventName = keyof WireEvents;
export type WirePayload<N extends WireEventName> = Payload<WireEvents[N]>;

/** Sends an event to a device; a wrong event name or a wrong field does not compile. */
export type Emit = <N extends WireEventName>(name: N, payload: WirePayload<N>) => void;

/** True for a method that needs a session over a socket, or a seat in a meeting: it cannot be called over HTTP. */
export const isOverSocket = ({ overSocket, may: { level } }: Pick<Method, 'overSocket' | 'may'>): boolean =>
  overSocket === true || level === 'participant' || level === 'moderator';

type Replaced<K, V> = K extends (typeof dateFields)[number] ? (null extends V ? Date | null : Date) : ForPage<V>;
/**
 * An answer or an event of the wire as a page gets it: times become `Date`, and each author becomes a whole `Client`.
 */
export type ForPage<T> = T extends Client
  ? T
  : T extends Author
    ? Client
    : T extends readonly (infer E)[]
      ? ForPage<E>[]
      : T extends object
        ? { [K in keyof T]: Replaced<K, T[K]> }
        : T;

type Internal<R> = R extends { internal: readonly (infer F)[] } ? F : never;
type Without<T, F> = T extends object ? Omit<T, F & keyof T> : T;
type Shown<R extends { output: Schema }> = ForPage<
  Internal<R> extends never ? Output<R> : Without<Output<R>, Internal<R>>
>;
/** Adds the values that the fields have when the call fails (`Method.failed`), and the fields of the error. */
type OrFailed<R, A> = R extends { failed: infer F }
  ? { [K in keyof A]: K extends keyof F ? A[K] | F[K] : A[K] } & Failure
  : A;
type PageOutput<R extends { output: Schema }, A = OrFailed<R, Shown<R>>> = R extends { pageGets: infer F }
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
/** Names of the methods that the widget relays and the server checks. */
export type RelayedName = keyof RelayedTable;

type RelayedEvents = { [W in WireEventName as PageName<WireEvents[W]>]: ForPage<WirePayload<W>> };
/** Payload of each event of `rtcPeer.on(name, fn)`. */
export type PageEvents = { [N in keyof typeof widgetEvents]: Payload<(typeof widgetEvents)[N]> } & RelayedEvents;
export type PageEventName = keyof PageEvents;

import type { Aliases, AliasName } from '@meetframe/contract/aliases';
import type { Client, Company, User } from '@meetframe/contract/beans';
import type { Input, Method, Output, Payload } from '@meetframe/contract/define';
import type { Bitrate, MirroredState, rtcpeer, rtcpeerEvents } from '@meetframe/contract/rtcpeer';
import type { RTCPeerOptions } from './options.ts';

type Table = typeof rtcpeer;
type EventTable = typeof rtcpeerEvents;

/** Every method that a page can call. Those that begin with `meeting.` stand under `rtcPeer.meeting`. */
export type MethodName = keyof Table;
export type EventName = keyof EventTable | 'stateChanged';
export type EventPayload<N extends EventName> = N extends keyof EventTable ? Payload<EventTable[N]> : MirroredState;

type Callback<R> = (value: R) => void;
type WithCallback<I, R> = I extends object ? I & { callback?: Callback<R> } : I;
type Positional<M extends Method> = M extends { positional: readonly [infer F] }
  ? F extends keyof Input<M>
    ? Input<M>[F]
    : never
  : never;
type Result<N extends MethodName> = Output<Table[N]> &
  (N extends 'meeting.publish' | 'meeting.play' ? { getBitrate(): Promise<Bitrate> } : unknown);

/** A remote method: one object (with an optional `callback`), or plain values where its row says so. */
export type Call<N extends MethodName> =
  undefined extends Input<Table[N]>
    ? (
        input?: WithCallback<NonNullable<Input<Table[N]>>, Result<N>> | Callback<Result<N>>,
        callback?: Callback<Result<N>>,
      ) => Promise<Result<N>>
    : (
        input: WithCallback<Input<Table[N]>, Result<N>> | Positional<Table[N]>,
        callback?: Callback<Result<N>>,
      ) => Promise<Result<N>>;

type AliasCall<A extends AliasName> = Aliases[A] extends { inverted: true }
  ? (on: boolean, callback?: Callback<Result<Aliases[A]['to']>>) => Promise<Result<Aliases[A]['to']>>
  : Call<Aliases[A]['to']>;

type Named<N extends string, P extends string> = N extends `${P}${infer Rest}` ? Rest : never;

type MeetingMethods = { [K in Named<MethodName, 'meeting.'>]: Call<`meeting.${K}` & MethodName> } & {
  /** @deprecated An old name; the reference lists the one to use. */
  [K in Named<AliasName, 'meeting.'>]: AliasCall<`meeting.${K}` & AliasName>;
} & {
  /** How long the meeting has been running by the server's clock, in milliseconds; 0 outside a meeting (3.30). */
  getMeetingTimeLength(): number;
};

type TopMethods = { [K in Exclude<MethodName, `${string}.${string}`>]: Call<K> };

/** Ends the subscription when called; also carries on a chain: `rtcPeer.on(…).on(…)`. */
export type Unsubscribe = (() => void) & Pick<RTCPeer, 'on' | 'off'>;

/** The meeting in its frame (section 2.1), as a page drives it. */
export type RTCPeer = TopMethods & {
  readonly meeting: MeetingMethods;
  /** Mirror of the widget's state. A new object after every change, announced with `stateChanged`. */
  readonly state: MirroredState;
  /** Settles when the frame is up; rejects with the reason when it does not come up. */
  readonly ready: Promise<void>;
  readonly iframe: HTMLIFrameElement;
  readonly utils: {
    /** `48000` → `00:00:48`. */
    dateTimeFormat(milliseconds: number): string;
  };
  /** Listens to an event (3.25). `'*'` hears all of them. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): Unsubscribe;
  on(name: '*', listener: (name: EventName, payload: unknown) => void): Unsubscribe;
  /** Names may carry spaces around them and may be unknown to this version. */
  on(name: string & {}, listener: (payload: never) => void): Unsubscribe;
  /** Drops one listener of an event, or all of them (3.25). */
  off(name: EventName | '*' | (string & {}), listener?: (...payload: never[]) => void): RTCPeer;
  /** Whoever is logged in, else `null` (2.4). */
  getCurrentUser(): User | null;
  /** The company of whoever is logged in, else `null` (2.5). */
  getCurrentCompany(): Company | null;
  /** True when the widget knows the method; false for all before `ready`. */
  supports(name: MethodName | AliasName | (string & {})): boolean;
  /** Leaves, stops the devices, closes the channel and removes the frame. Calling it twice is fine. */
  destroy(): Promise<void>;
};

export type RTCPeerConstructor = {
  new (options: RTCPeerOptions): RTCPeer;
  readonly prototype: RTCPeer;
  /** The same as `new RTCPeer({...options, container: target})`. */
  mount(target: Element | string, options: RTCPeerOptions): RTCPeer;
};

export type { Client, Company, MirroredState, User };

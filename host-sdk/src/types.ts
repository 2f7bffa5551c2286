import type { Company, MeetingMethods, MirroredState, PlatformMethods, RTCPeerEvents, User } from './derived.ts';
import type { RTCPeerOptions } from './options.ts';

/**
 * Every method that a page can call, old names included. Names that begin with `meeting.` are methods of
 * `rtcPeer.meeting`.
 */
export type MethodName = keyof PlatformMethods | `meeting.${keyof MeetingMethods & string}`;
export type EventName = keyof RTCPeerEvents | 'stateChanged';
export type EventPayload<N extends EventName> = N extends keyof RTCPeerEvents ? RTCPeerEvents[N] : MirroredState;

/** Ends the subscription when called; can also be chained: `rtcPeer.on(…).on(…)`. */
export type Unsubscribe = (() => void) & Pick<RTCPeer, 'on' | 'off'>;

/** The interface of a page to the meeting in its frame (section 2.1). */
export type RTCPeer = PlatformMethods & {
  readonly meeting: MeetingMethods & {
    /** How long the meeting has been running by the server's clock, in milliseconds; 0 outside a meeting (3.30). */
    getMeetingTimeLength(): number;
  };
  /**
   * Mirror of the widget's state. A new object after every change, announced with `stateChanged`; a listener that
   * subscribes later gets the current state.
   */
  readonly state: MirroredState;
  /**
   * Resolves when the widget is ready for calls; rejects with the reason when it cannot be loaded. A new promise after
   * each reload.
   */
  readonly ready: Promise<void>;
  readonly iframe: HTMLIFrameElement;
  readonly utils: {
    /** `48000` → `00:00:48`. */
    dateTimeFormat(milliseconds: number): string;
  };
  /** Adds a listener to an event (3.25). A listener of `'*'` gets all events. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): Unsubscribe;
  on(name: '*', listener: (name: EventName, payload: unknown) => void): Unsubscribe;
  /** Names may carry spaces around them and may be unknown to this version. */
  on(name: string & {}, listener: (payload: never) => void): Unsubscribe;
  /** Removes one listener of an event, or all of them (3.25). */
  off(name: EventName | '*' | (string & {}), listener?: (...payload: never[]) => void): RTCPeer;
  /** The user who is logged in, else `null` (2.4). */
  getCurrentUser(): User | null;
  /** The company of the user who is logged in, else `null` (2.5). */
  getCurrentCompany(): Company | null;
  /** True when the widget knows the method; false for all before `ready`. */
  supports(name: MethodName | (string & {})): boolean;
  /** Leaves the meeting, stops the devices, closes the channel and removes the frame. Calling it twice is fine. */
  destroy(): Promise<void>;
};

export type RTCPeerConstructor = {
  new (options: RTCPeerOptions): RTCPeer;
  readonly prototype: RTCPeer;
  /** The same as `new RTCPeer({...options, container: target})`. */
  mount(target: Element | string, options: RTCPeerOptions): RTCPeer;
};

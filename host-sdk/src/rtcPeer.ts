import type { ErrorCode } from '@meetframe/contract/error';
import { RTCPeerError } from '@meetframe/contract/error';
import type { HostEnd, WidgetEnd } from '@meetframe/contract/frame';
import type { MirroredState } from '@meetframe/contract/rtcpeer';
import { protocol, version } from '@meetframe/contract/version';
import { type Connection, connect, type RemoteProxy } from 'penpal';
import { makeListeners, run } from './events.ts';
import { makeFrame } from './frame.ts';
import { type FrameMessenger, makeMessenger } from './messenger.ts';
import type { RTCPeerOptions } from './options.ts';
import type { RTCPeer as Peer, RTCPeerConstructor } from './types.ts';

type Values = Record<string, unknown>;
type Reject = (error: RTCPeerError) => void;

/** Methods, old names included, that wait for a person (`waitsForPerson` in the contract): no time-out. */
export const waitsForPerson = /\.(publish|update|mute$|setAudio|check|getMedia|switch)/;

/** Penpal's own codes, in ours. */
const penpalCodes: Record<string, ErrorCode> = { TRANSMISSION_FAILED: 'INVALID_ARGUMENT', CONNECTION_DESTROYED: 'FRAME_RELOADED' };

const toError = (reason: unknown): RTCPeerError => {
  const code = penpalCodes[(reason as { code?: string } | undefined)?.code ?? ''];
  return code ? new RTCPeerError(code, (reason as Error).message) : RTCPeerError.from(reason);
};

/** `47999` → `00:00:47`; the hours go on after 99. */
export const dateTimeFormat = (milliseconds: number): string =>
  [3600, 60, 1].map((unit) => `${Math.floor(milliseconds / 1000 / unit) % (unit < 3600 ? 60 : 1e9)}`.padStart(2, '0')).join(':');

/** A remote method for every name that the target lacks, made once. Only names that can be methods: frameworks probe others. */
const remote = <T extends object>(target: T, prefix: string, call: (name: string, args: unknown[]) => unknown): T =>
  new Proxy(target, {
    get: (_, key) =>
      key in target || typeof key !== 'string' || !/^(?!then$|toJSON$)[a-z]/i.test(key)
        ? (target as Values)[key as string]
        : ((target as Values)[key] = (...args: unknown[]) => call(prefix + key, args)),
  });

const construct = (self: Values, options: RTCPeerOptions): Peer => {
  const { host: _, container: __, sign, appId, timeout = 15e3, ...rest } = options;
  const frame = makeFrame(options);
  const { iframe, origin, channel } = frame;
  const listeners = makeListeners();
  const { emit } = listeners;
  let up!: () => void;
  let down!: Reject;
  const ready = new Promise<void>((resolve, reject) => {
    up = resolve;
    down = reject;
  });
  /** Calls of the time before the frame was ready, in order. */
  const queue = new Map<() => void, Reject>();
  const flying = new Set<Reject>();
  let currentSign: string | undefined;
  let connection: Connection<WidgetEnd> | undefined;
  let messenger: FrameMessenger | undefined;
  let widget: RemoteProxy<WidgetEnd> | undefined;
  let methods: string[] = [];
  /** Why calls are refused at once. */
  let failure: RTCPeerError | undefined;
  let ending: Promise<void> | undefined;
  /** Who sent the last SYN; another one means that the frame has reloaded. */
  let participant: unknown;
  let heard = false;
  let watchdog: ReturnType<typeof setTimeout>;

  const rejectAll = (rejects: Iterable<Reject>, error: RTCPeerError) => {
    for (const reject of [...rejects]) reject(error);
  };
  const fail = (reason: unknown) => {
    if (ending) return;
    failure = toError(reason);
    rejectAll(queue.values(), failure);
    queue.clear();
    down(failure);
    console.error(failure);
    emit('failed', failure.toJSON());
  };
  const patch = (changes: Partial<MirroredState>) => {
    emit('stateChanged', (self.state = { ...(self.state as MirroredState), ...changes }));
  };
  const renewSign = async () => (currentSign = await (typeof sign === 'function' ? sign() : sign));
  const watch = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(async () => {
      const why = await frame.diagnose();
      if (!widget) fail(new RTCPeerError('FRAME_BLOCKED', `The meeting did not come up: ${why}`));
    }, timeout);
  };
  /** The frame's document is gone, and with it whatever it was doing. */
  const drop = () => {
    widget = undefined;
    connection?.destroy();
    rejectAll(flying, new RTCPeerError('FRAME_RELOADED', 'The frame reloaded'));
    watch();
  };

  const host: HostEnd = {
    event: emit,
    state: patch,
    sign: async () => (typeof sign === 'function' ? ((await renewSign()) ?? null) : null),
  };
  const open = async () => {
    messenger = makeMessenger(iframe.contentWindow as Window, origin);
    const mine = (connection = connect<WidgetEnd>({ messenger, channel, methods: host }));
    try {
      const end = await mine.promise;
      const welcome = await end.hello({ sdk: version, protocol, options: { ...rest, sign: currentSign } });
      if (mine !== connection || ending) return;
      if (welcome.protocol.major !== protocol.major)
        throw new RTCPeerError('VERSION_MISMATCH', `SDK ${version} (protocol ${protocol.major}) and widget ${welcome.widget} (protocol ${welcome.protocol.major}) do not fit`);
      clearTimeout(watchdog);
      failure = undefined;
      widget = end;
      methods = welcome.methods;
      patch(welcome.state);
      for (const send of queue.keys()) send();
      queue.clear();
      up();
    } catch (error) {
      if (mine !== connection) return;
      clearTimeout(watchdog);
      fail(error);
    }
  };
  // The widget speaks first: to a window that still shows about:blank, the SDK's first word would be an error in the
  // console. Its SYN carries who it is, so another one means that the frame has reloaded.
  const listen = (event: MessageEvent) => {
    const { source, data } = event;
    if (source !== iframe.contentWindow || event.origin !== origin || data?.channel !== channel) return;
    if (data.type === 'SYN' && data.participantId !== participant) {
      participant = data.participantId;
      drop();
      heard = true;
      void open();
    }
    messenger?.receive(event);
  };

  const call = (name: string, given: unknown[]) =>
    new Promise<unknown>((resolve, rejectCall) => {
      if (failure) throw failure;
      const callbacks: ((value: never) => void)[] = [];
      const take = (value: unknown) => typeof value !== 'function' || !callbacks.push(value as () => void);
      const args = given.filter(take).map((arg) =>
        // `client.getBitrate` and the like cannot cross; only what is called `callback` is called.
        Object.prototype.toString.call(arg) === '[object Object]'
          ? Object.fromEntries(Object.entries(arg as Values).filter(([key, value]) => (key === 'callback' ? take(value) : typeof value !== 'function')))
          : arg,
      );
      const settle = () => {
        clearTimeout(timer);
        queue.delete(send);
        flying.delete(reject);
      };
      const reject: Reject = (error) => {
        settle();
        rejectCall(error);
      };
      const timer = waitsForPerson.test(name)
        ? undefined
        : setTimeout(() => reject(new RTCPeerError('TIMEOUT', `${name} took longer than ${timeout} ms`)), timeout);
      const send = async () => {
        flying.add(reject);
        try {
          const value = await (widget as RemoteProxy<WidgetEnd>).call(name, args);
          if (!flying.has(reject)) return;
          settle();
          if (/\.p(ublish|lay)$/.test(name))
            (value as Values).getBitrate = () => call('meeting.getBitrate', /y$/.test(name) ? [{ client: (value as Values).client }] : []);
          resolve(value);
          for (const callback of callbacks) run(callback, value);
        } catch (error) {
          reject(toError(error));
        }
      };
      widget ? void send() : queue.set(send, reject);
    });

  const on = (name: string, listener: () => void) => {
    listeners.on(name, listener);
    return Object.assign(() => listeners.off(name, listener), { on, off });
  };
  const off = (name: string, listener?: () => void) => {
    listeners.off(name, listener);
    return peer;
  };
  const state = () => self.state as MirroredState;
  const initial: MirroredState = {
    user: null,
    company: null,
    room: null,
    client: null,
    members: [],
    startedAt: null,
    clockOffset: 0,
    connection: 'idle',
    screen: 'idle',
    microphone: false,
    camera: false,
  };
  Object.assign(self, {
    state: initial,
    iframe,
    ready,
    utils: { dateTimeFormat },
    meeting: remote(
      {
        getMeetingTimeLength() {
          const { startedAt, clockOffset } = state();
          return startedAt === null ? 0 : Math.max(0, Date.now() + clockOffset - startedAt);
        },
      },
      'meeting.',
      call,
    ),
    on,
    off,
    getCurrentUser: () => state().user,
    getCurrentCompany: () => state().company,
    supports: (name: string) => methods.includes(name),
    destroy: () =>
      (ending ??= (async () => {
        failure = new RTCPeerError('DESTROYED', 'The meeting was destroyed');
        clearTimeout(watchdog);
        rejectAll([...queue.values(), ...flying, down], failure);
        listeners.clear();
        iframe.hidden = true;
        if (widget && iframe.isConnected)
          await Promise.race([widget.call('meeting.exit', []).catch(() => 0), new Promise((resolve) => setTimeout(resolve, 1e3))]);
        removeEventListener('message', listen);
        connection?.destroy();
        iframe.remove();
      })()),
  });
  const peer = remote(self, '', call) as unknown as Peer;

  ready.catch(() => 0);
  addEventListener('message', listen);
  // A reload that brings up something else than the widget, such as an error page, sends no SYN.
  iframe.addEventListener('load', () => {
    if (!heard && widget) drop();
    heard = false;
  });
  watch();
  renewSign().then(
    (value) => ending || frame.load(appId ?? value?.split('.')[0]),
    (error) => fail(new RTCPeerError('UNAUTHENTICATED', `No sign: ${error.message}`, undefined, error)),
  );
  return peer;
};

/** See {@link RTCPeerConstructor}; what an instance does is described in `types.ts`. */
export const RTCPeer = class RTCPeer {
  constructor(options: RTCPeerOptions) {
    // biome-ignore lint/correctness/noConstructorReturn: a proxy that answers for every method of the contract.
    return construct(this as unknown as Values, options) as unknown as this;
  }
  static mount(container: Element | string, options: RTCPeerOptions): unknown {
    return new RTCPeer({ ...options, container });
  }
} as unknown as RTCPeerConstructor;
export type RTCPeer = Peer;

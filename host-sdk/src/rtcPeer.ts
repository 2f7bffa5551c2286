// biome-ignore-all lint/suspicious/noAssignInExpressions: every byte of this file is paid for by the page.
import type { ErrorCode } from '@meetframe/contract/error';
import { RTCPeerError } from '@meetframe/contract/error';
import type { HostEnd, WidgetEnd } from '@meetframe/contract/frame';
import type { MirroredState } from '@meetframe/contract/rtcpeer';
import { protocol, version } from '@meetframe/contract/version';
import { CallOptions, type Connection, connect, type RemoteProxy } from 'penpal';
import { makeEvents, run } from './events.ts';
import { makeFrame } from './frame.ts';
import { type FrameMessenger, makeMessenger } from './messenger.ts';
import type { RTCPeerOptions } from './options.ts';
import type { RTCPeer as Peer, RTCPeerConstructor } from './types.ts';

type Values = Record<string, unknown>;
type End = RemoteProxy<WidgetEnd>;

/** Methods, old names included, that wait for a person (`waitsForPerson` in the contract): no time-out. */
export const waitsForPerson = /\.(publish|update|mute$|setAudio|check|getMedia|switch)/;

/** Penpal's codes, in ours. */
const codes: Record<string, ErrorCode> = {
  TRANSMISSION_FAILED: 'INVALID_ARGUMENT',
  METHOD_CALL_TIMEOUT: 'TIMEOUT',
  CONNECTION_DESTROYED: 'FRAME_RELOADED',
};

/** `47999` → `00:00:47`; the hours go on after 99. */
export const dateTimeFormat = (milliseconds: number): string =>
  [36e5, 6e4, 1e3]
    .map((unit) => `${((milliseconds / unit) % (unit < 36e5 ? 60 : 1e6)) | 0}`.padStart(2, '0'))
    .join(':');

/** A remote method for every name that the target lacks, made once. Only names that can be methods: frameworks probe others. */
const remote = <T extends object>(target: T, prefix: string, call: (name: string, args: unknown[]) => unknown): T =>
  new Proxy(target, {
    get: (_, key) =>
      key in target || typeof key !== 'string' || !/^(?!then$|toJ)[a-z]/.test(key)
        ? (target as Values)[key as string]
        : ((target as Values)[key] = (...args: unknown[]) => call(prefix + key, args)),
  });

const construct = (self: Values, options: RTCPeerOptions): Peer => {
  const { host: _, container: __, sign, appId, timeout = 15e3, ...rest } = options;
  const { iframe, origin, channel, load, diagnose } = makeFrame(options);
  const { on, off, emit } = makeEvents(() => peer);
  let currentSign: string | undefined;
  let connection: Connection<WidgetEnd> | undefined;
  let messenger: FrameMessenger | undefined;
  let methods: string[] = [];
  let ending: Promise<void> | undefined;
  /** Who sent the last SYN; another one means that the frame has reloaded. */
  let participant: unknown;
  let heard = false;
  let watchdog: ReturnType<typeof setTimeout>;

  /** Every call waits for this, so calls that come too early are sent in order, and none is left when it fails. */
  let standing: Promise<void>;
  let up: () => void;
  let down: (error: RTCPeerError) => void;
  let settled = true;
  /** Stays after a reload: penpal rejects what is asked of a dead one. */
  let widget: End;
  const renew = () => {
    if (!settled) return;
    settled = false;
    standing = new Promise((resolve, reject) => {
      up = resolve;
      down = reject;
    });
    (self.ready = standing).catch(() => {});
  };
  const refuse = (error: RTCPeerError) => {
    clearTimeout(watchdog);
    renew();
    settled = true;
    down(error);
  };
  const fail = (error: RTCPeerError) => {
    if (ending) return;
    refuse(error);
    console.error(error);
    emit('failed', error.toJSON());
  };
  const toError = (reason: unknown, name: string): RTCPeerError => {
    const code = codes[(reason as { code: string } | undefined)?.code as string];
    return code
      ? new RTCPeerError(ending ? 'DESTROYED' : code, `${name}: ${(reason as Error).message}`)
      : RTCPeerError.from(reason);
  };
  const patch = (changes: Partial<MirroredState>) => {
    emit('stateChanged', (self.state = { ...state(), ...changes }));
  };
  const renewSign = async () => (currentSign = await (typeof sign === 'function' ? sign() : sign));
  /** The frame's document is gone, and with it whatever it was doing: penpal rejects what was in flight. */
  const drop = () => {
    renew();
    connection?.destroy();
    clearTimeout(watchdog);
    watchdog = setTimeout(async () => {
      const why = await diagnose();
      if (!settled) fail(new RTCPeerError('FRAME_BLOCKED', why));
    }, timeout);
  };

  const host: HostEnd = {
    event: emit,
    state: patch,
    sign: async () => (typeof sign === 'function' && (await renewSign())) || null,
  };
  const open = async () => {
    messenger = makeMessenger(iframe.contentWindow as Window, origin);
    const mine = (connection = connect<WidgetEnd>({ messenger, channel, methods: host }));
    try {
      const end = await mine.promise;
      const welcome = await end.hello({ sdk: version, protocol, options: { ...rest, sign: currentSign } });
      if (mine !== connection || ending) return;
      if (welcome.protocol.major !== protocol.major)
        throw new RTCPeerError('VERSION_MISMATCH', `SDK ${version}, widget ${welcome.widget}`);
      clearTimeout(watchdog);
      renew();
      settled = true;
      methods = welcome.methods;
      widget = end;
      up();
      patch(welcome.state);
    } catch (error) {
      if (mine === connection) fail(toError(error, 'hello'));
    }
  };
  // The widget speaks first: to a window that still shows about:blank, the SDK's first word would be an error in the
  // console. Its SYN carries who it is, so another one means that the frame has reloaded.
  const listen = (event: MessageEvent) => {
    const { source, data } = event;
    if (ending || source !== iframe.contentWindow || event.origin !== origin || data?.channel !== channel) return;
    if (data.type === 'SYN' && data.participantId !== participant) {
      participant = data.participantId;
      drop();
      heard = true;
      void open();
    }
    messenger?.receive(event);
  };

  const call = async (name: string, given: unknown[]): Promise<unknown> => {
    const callbacks: (() => void)[] = [];
    const take = (value: unknown) => typeof value !== 'function' || !callbacks.push(value as () => void);
    // Functions cannot cross. Only those that come as an argument or are called `callback` are called.
    const args = given
      .filter(take)
      .map((arg: unknown) =>
        arg && arg.constructor === Object
          ? Object.fromEntries(
              Object.entries(arg as Values).filter(([key, value]) =>
                key === 'callback' ? take(value) : typeof value !== 'function',
              ),
            )
          : arg,
      );
    try {
      await standing;
      const value = (await widget.call(
        name,
        args,
        new CallOptions(waitsForPerson.test(name) ? {} : { timeout }),
      )) as Values;
      if (/\.p(ublish|lay)$/.test(name))
        value.getBitrate = () => call('meeting.getBitrate', /y$/.test(name) ? [{ client: value.client }] : []);
      for (const callback of callbacks) run(callback, value);
      return value;
    } catch (error) {
      throw toError(error, name);
    }
  };

  const state = () => self.state as MirroredState;
  const initial: MirroredState = {
    user: null,
    company: null,
    room: null,
    client: null,
    startedAt: null,
    members: [],
    clockOffset: 0,
    connection: 'idle',
    screen: 'idle',
    microphone: false,
    camera: false,
  };
  Object.assign(self, {
    state: initial,
    iframe,
    utils: { dateTimeFormat },
    meeting: remote(
      {
        getMeetingTimeLength() {
          const { startedAt, clockOffset } = state();
          return startedAt ? Math.max(0, Date.now() + clockOffset - startedAt) : 0;
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
        const left = call('meeting.exit', []);
        refuse(new RTCPeerError('DESTROYED', 'Destroyed'));
        iframe.style.display = 'none';
        await new Promise((resolve) => {
          setTimeout(resolve, 1e3);
          left.then(resolve, resolve);
        });
        removeEventListener('message', listen);
        connection?.destroy();
        iframe.remove();
      })()),
  });
  const peer: Peer = remote(self, '', call) as unknown as Peer;

  drop();
  addEventListener('message', listen);
  // A reload that brings up something else than the widget, such as an error page, sends no SYN.
  iframe.addEventListener('load', () => {
    if (!heard && settled) drop();
    heard = false;
  });
  renewSign().then(
    (value) => ending || load(appId ?? value?.split('.')[0]),
    (error) => fail(new RTCPeerError('UNAUTHENTICATED', `sign: ${error.message}`)),
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

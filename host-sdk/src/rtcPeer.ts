// biome-ignore-all lint/suspicious/noAssignInExpressions: every byte of this file is paid for by the page.
import type { WidgetOptions } from '@meetframe/contract';
import { RTCPeerError } from '@meetframe/contract/error';
import { protocol, version } from '@meetframe/contract/version';
import { makeCall, plain, remote } from './calls.ts';
import { makeChannel } from './channel.ts';
import type { MirroredState } from './derived.ts';
import { type Listener, makeEvents, run } from './events.ts';
import { invalid, isSecure, makeFrame } from './frame.ts';
import { makeGate } from './gate.ts';
import type { RTCPeerOptions } from './options.ts';
import type { RTCPeer as Peer, RTCPeerConstructor } from './types.ts';

type Values = Record<string, unknown>;

/** `47999` → `00:00:47`; the hours go on after 99. */
export const dateTimeFormat = (milliseconds: number): string =>
  [36e5, 6e4, 1e3]
    .map((unit) => `${((milliseconds / unit) % (unit < 36e5 ? 60 : 1e6)) | 0}`.padStart(2, '0'))
    .join(':');

const mic = 'micVolume';

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

const construct = (self: Values, options: RTCPeerOptions): Peer => {
  const { host: _, container: __, sign, appId, timeout = 15e3, ...forWidget } = options;
  if (!(timeout > 0 && timeout < 2 ** 31)) throw invalid('timeout', 'milliseconds above 0');
  const { iframe, origin, channel: name, load, diagnose, denied, remove } = makeFrame(options);
  const state = () => self.state as MirroredState;
  const { on, off, emit, has } = makeEvents(
    () => peer,
    (event) => event === 'stateChanged' && state() !== initial && state(),
  );
  const gate = makeGate((passed) => {
    self.ready = passed;
  });
  let currentSign: string | undefined;
  let methods: string[] = [];
  /** Methods that wait for a person: no time-out. The widget knows which. */
  let patient: string[] = [];
  let ending: Promise<void> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  const report = (error: RTCPeerError) => {
    console.error(error);
    emit('failed', error.toJSON());
  };
  const calm = () => {
    clearTimeout(watchdog);
    watchdog = undefined;
  };
  const fail = (error: RTCPeerError) => {
    if (ending) return;
    calm();
    gate.refuse(error);
    report(error);
  };
  /** Calls wait until a document of the widget is connected, but no longer than the time-out. */
  const wait = (limit = timeout) => {
    if (ending) return;
    gate.renew();
    calm();
    const mine = (watchdog = setTimeout(async () => {
      const why = await diagnose();
      if (mine === watchdog) fail(new RTCPeerError('FRAME_BLOCKED', why));
    }, limit));
  };
  const patch = (changes: Partial<MirroredState>) => {
    emit('stateChanged', (self.state = { ...state(), ...changes }));
  };
  const renewSign = async () => {
    try {
      currentSign = await (typeof sign === 'function' ? sign() : sign);
    } catch (error) {
      throw new RTCPeerError('UNAUTHENTICATED', `options.sign: ${(error as Error)?.message ?? error}`);
    }
    if (currentSign !== undefined) {
      if (typeof currentSign !== 'string') throw invalid('sign', 'a text');
      // The text may come from a login page or a wrong address: it must not become a part of the frame's address.
      if (!/^[\w-]+(\.[\w-]+)+$/.test(currentSign))
        throw new RTCPeerError(
          'UNAUTHENTICATED',
          `options.sign: expected a sign, got ${JSON.stringify(currentSign.slice(0, 40))}.`,
        );
    }
    return currentSign;
  };

  const channel = makeChannel({
    iframe,
    origin,
    channel: name,
    methods: {
      // Section 3.27 listens to private messages under the name of the public ones, its example under their own.
      event: (name: string, payload: unknown) =>
        emit(name === 'onPrivateChat' && !has(name) ? 'onChat' : name, payload),
      state: patch,
      sign: async () => (typeof sign === 'function' && (await renewSign())) || null,
    },
    timeout,
    lost: () => wait(),
    async opened() {
      calm();
      try {
        const hello = { sdk: version, protocol, options: { ...(plain(forWidget) as object), sign: currentSign } };
        const welcome = await channel.call('hello', [hello], 'hello');
        if (welcome.protocol.major !== protocol.major)
          throw new RTCPeerError(
            'VERSION_MISMATCH',
            `The SDK's version ${version} does not fit the widget's, ${welcome.widget}.`,
          );
        ({ methods, patient = [] } = welcome);
        gate.open();
        patch(welcome.state);
        // A document that was loaded after a reload does not know that the page wants the volume.
        if (has(mic)) watchMic(true).catch(() => {});
        const missing = denied();
        if (missing) report(new RTCPeerError('FRAME_BLOCKED', missing));
      } catch (error) {
        // The next document sends its own hello.
        if ((error as RTCPeerError).code !== 'FRAME_RELOADED') fail(error as RTCPeerError);
      }
    },
  });

  const call = makeCall(async (method, args) => {
    // A click in the page is none in the frame. Chromium lets the page pass it on, at once and only after a click.
    if (/\.(sh|startL|startRecordS)/.test(method) && methods.includes(method))
      try {
        iframe.contentWindow?.postMessage({}, { targetOrigin: origin, delegate: 'display-capture' } as never);
      } catch {}
    await gate.passed();
    const value = await channel.call('call', [method, args], method, patient.includes(method));
    // For the hello of a later document, too.
    if (method === 'configure' || method === 'setTheme') {
      const { brand, ...look } = args[0] as WidgetOptions;
      Object.assign(forWidget, look, brand && { brand: { ...forWidget.brand, ...brand } });
    }
    if (method === 'setUi') forWidget.ui = { ...forWidget.ui, ...(args[0] as object) };
    return value;
  });

  const watchMic = (isOn: boolean) => call('meeting.getMicVolume', [isOn]);

  const listen = (event: MessageEvent) => ending || channel.receive(event);

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
        async getMicVolume(given: Listener & { callback?: Listener }) {
          const heard = given?.callback ?? given;
          if (typeof heard !== 'function') throw invalid('callback', 'a function');
          const meter = ({ volume }: { volume: number }) => run(heard, volume);
          const stop = () => {
            off(mic, meter);
            if (!has(mic)) watchMic(false).catch(() => {});
          };
          on(mic, meter);
          await watchMic(true).catch((error) => {
            stop();
            throw error;
          });
          return stop;
        },
      },
      'meeting.',
      call,
    ),
    on,
    off,
    getCurrentUser: () => state().user,
    getCurrentCompany: () => state().company,
    supports: (method: string) => methods.includes(method),
    destroy: () =>
      (ending ??= (async () => {
        const left = call('meeting.exit', []);
        calm();
        gate.refuse(new RTCPeerError('DESTROYED', 'destroy() was called.'));
        iframe.style.display = 'none';
        await new Promise((resolve) => {
          setTimeout(resolve, 1e3);
          left.then(resolve, resolve);
        });
        removeEventListener('message', listen);
        channel.close('DESTROYED', 'destroy() was called');
        remove();
      })()),
  });
  const peer: Peer = remote(self, '', call) as unknown as Peer;

  const start = async () => {
    try {
      // A file of its own, beside the one of the SDK.
      if (options.receiver || options.callScreens) (await import('./callFrame.js')).attach(peer, options);
      const value = await renewSign();
      if (!ending) load(appId ?? value?.split('.')[0]);
    } catch (error) {
      fail(RTCPeerError.from(error));
    }
  };
  void start();
  if (isSecure()) {
    wait();
    addEventListener('message', listen);
    iframe.addEventListener('load', () => {
      // The widget sends a SYN before its document has loaded, so a document without a SYN is another one, most likely
      // an error page. A document that this page can read is the empty one that an iframe starts with.
      if (channel.loaded() && watchdog && !iframe.contentDocument) wait(Math.min(timeout, 2e3));
    });
  } else void diagnose().then((why) => fail(new RTCPeerError('FRAME_BLOCKED', why)));
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

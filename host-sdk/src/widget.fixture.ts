import type { Hello, HostEnd, Welcome, WidgetEnd } from '@meetframe/contract/frame';
import { protocol } from '@meetframe/contract/version';
import { connect, type RemoteProxy, WindowMessenger } from 'penpal';
import { afterEach, beforeEach, vi } from 'vitest';
import { RTCPeer, RTCPeerError } from './index.ts';
import type { RTCPeerOptions } from './options.ts';

export const origin = 'https://meet.example';

const peers: RTCPeer[] = [];

/** A peer that is destroyed after the test. */
export const make = (options: Partial<RTCPeerOptions> = {}): RTCPeer => {
  const peer = new RTCPeer({ host: `${origin}/app`, sign: 'demo.secret-part', ...options });
  peers.push(peer);
  return peer;
};

export const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error) => (error instanceof RTCPeerError ? error.code : error),
  );

/** Frames load nothing in these tests, and the page counts as secure. */
export const setUpPage = (): void => {
  beforeEach(() => {
    Object.assign((window as unknown as { happyDOM: { settings: object } }).happyDOM.settings, {
      disableIframePageLoading: true,
      handleDisabledFileLoadingAsSuccess: true,
    });
    vi.stubGlobal('isSecureContext', true);
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(async () => {
    await Promise.all(peers.splice(0).map((peer) => peer.destroy()));
    document.body.replaceChildren();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
};

// Penpal's type for methods needs a type literal.
type Host = { [K in keyof HostEnd]: HostEnd[K] };

/** The widget's end of the channel: penpal itself over real ports. Only the two windows are fakes. */
export const widgetOf = async (peer: RTCPeer, answers: Partial<WidgetEnd> = {}, welcome: Partial<Welcome> = {}) => {
  await vi.waitUntil(() => peer.iframe.src, { interval: 1 });
  const url = new URL(peer.iframe.src);
  const hellos: Hello[] = [];
  const calls: [string, unknown[]][] = [];

  const deliver = (data: unknown, from: string, source: object, ports: readonly Transferable[] = []) =>
    queueMicrotask(() =>
      window.dispatchEvent(Object.assign(new Event('message'), { data, origin: from, source, ports })),
    );
  const page = {
    postMessage: (data: unknown, { transfer }: { transfer?: Transferable[] }) =>
      deliver(data, origin, frame, transfer ?? []),
  };
  const frame = { postMessage: (data: unknown) => deliver(data, location.origin, page) };
  Object.defineProperty(peer.iframe, 'contentWindow', { value: frame, configurable: true });

  let leave = (_silently: boolean): void => {};
  /** Loads a document in place of the previous one, which closes its channel, as in a reload, unless it crashed. */
  const load = async ({ crashed = false } = {}): Promise<RemoteProxy<Host>> => {
    leave(crashed);
    const messenger = new WindowMessenger({
      remoteWindow: page as unknown as Window,
      allowedOrigins: [location.origin],
    });
    const connection = connect<Host>({
      messenger,
      channel: `meetframe-${url.searchParams.get('nonce')}`,
      methods: {
        hello: async (hello: Hello) => {
          hellos.push(hello);
          return { widget: '9.9.9', protocol, methods: ['meeting.chat'], state: { members: [] }, ...welcome };
        },
        call: async (name: string, args: unknown[]) => {
          calls.push([name, args]);
          return { echo: args[0] };
        },
        ...answers,
      },
    });
    leave = (silently) => (silently ? messenger.destroy() : connection.destroy());
    return connection.promise;
  };
  /** Posts any message to the page, from any window and origin. */
  const say = (data: unknown, from = origin, source: object = frame) => deliver(data, from, source);
  return { url, hellos, calls, say, load, leave: () => leave(false) };
};

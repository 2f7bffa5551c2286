import type { Hello, Welcome, WidgetEnd } from '@meetframe/contract/frame';
import { protocol } from '@meetframe/contract/version';
import { connect, type RemoteProxy } from 'penpal';
import { vi } from 'vitest';
import { makeMessenger } from './messenger.ts';
import type { RTCPeer } from './types.ts';

export const origin = 'https://meet.example';

type HostMethods = {
  event(name: string, payload: unknown): void;
  state(patch: Record<string, unknown>): void;
  sign(): Promise<string | null>;
};

/** The widget's side of the channel over real penpal and real ports; only the two windows are stand-ins. */
export const fakeWidget = async (peer: RTCPeer, answers: Partial<WidgetEnd> = {}, welcome: Partial<Welcome> = {}) => {
  await vi.waitUntil(() => peer.iframe.src);
  const url = new URL(peer.iframe.src);
  const hellos: Hello[] = [];
  const calls: [string, unknown[]][] = [];
  let toWidget: (event: MessageEvent) => void = () => {};
  const frameWindow = {
    postMessage: (data: unknown, _origin: string, ports: MessagePort[] = []) =>
      toWidget({ data, ports } as unknown as MessageEvent),
  };
  Object.defineProperty(peer.iframe, 'contentWindow', { value: frameWindow, configurable: true });
  const say = (data: unknown, from = origin, ports: MessagePort[] = []) =>
    window.dispatchEvent(Object.assign(new Event('message'), { data, ports, origin: from, source: frameWindow }));
  const load = async (): Promise<RemoteProxy<HostMethods>> => {
    const messenger = makeMessenger(
      {
        postMessage: (data: unknown, _: string, ports?: MessagePort[]) => say(data, origin, ports),
      } as unknown as Window,
      origin,
    );
    toWidget = messenger.receive;
    return connect<HostMethods>({
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
    }).promise;
  };
  return { url, hellos, calls, say, load };
};

import { type ConsumerOptions, type MediaSession, RTCPeerError } from '@meetframe/contract';
import { Device, FakeHandler, testFakeParameters, type types } from 'mediasoup-client';
import { createMediaSession, type MediaSession as Session } from './session.ts';
import type { Call } from './signalling.ts';

/** A track without a source, for a session without a browser. */
export const fakeTrack = (kind: 'audio' | 'video'): MediaStreamTrack =>
  Object.assign(new EventTarget(), {
    id: crypto.randomUUID(),
    kind,
    enabled: true,
    readyState: 'live',
    stop() {
      this.readyState = 'ended';
    },
  }) as unknown as MediaStreamTrack;

export const fakeConsumer = (kind: 'audio' | 'video', clientId: number): ConsumerOptions => ({
  ...testFakeParameters.generateConsumerRemoteParameters({
    codecMimeType: kind === 'audio' ? 'audio/opus' : 'video/VP8',
  }),
  rtpParameters: testFakeParameters.generateConsumerRemoteParameters({
    codecMimeType: kind === 'audio' ? 'audio/opus' : 'video/VP8',
  }).rtpParameters as never,
  kind,
  clientId,
  source: kind === 'audio' ? 'mic' : 'camera',
  producerPaused: false,
});

const transportOptions = () => testFakeParameters.generateTransportRemoteParameters() as MediaSession['send'];

export const fakeDevice = (): types.Device =>
  new Device({ handlerFactory: FakeHandler.createFactory(testFakeParameters) });

/** Answers as the server does and records the calls; a test can make a method refuse. */
export const fakeServer = () => {
  const asked: [name: string, input: Record<string, unknown>][] = [];
  const refusals = new Map<string, RTCPeerError>();
  let opened: MediaSession | undefined;
  const open = (): MediaSession => {
    opened = {
      peerId: crypto.randomUUID(),
      send: transportOptions(),
      receive: transportOptions(),
      iceServers: [],
      iceTransportPolicy: 'all',
    };
    return opened;
  };
  const answers: Record<string, () => unknown> = {
    'media.open': open,
    'media.produce': () => ({ producerId: crypto.randomUUID() }),
    'media.restartIce': () => ({ iceParameters: transportOptions().iceParameters }),
  };
  const call: Call = async (name, input) => {
    asked.push([name, input as Record<string, unknown>]);
    const refusal = refusals.get(name);
    if (refusal) throw refusal;
    return (answers[name]?.() ?? {}) as never;
  };
  return {
    call,
    open,
    /** The payload of `media.consumers`, for the transports that were opened last. */
    announcing: (...consumers: ConsumerOptions[]) => ({ transportId: opened?.receive.id ?? '', consumers }),
    rtpCapabilities: testFakeParameters.generateRouterRtpCapabilities(),
    answer: (name: string, give: () => unknown) => {
      answers[name] = give;
    },
    asked,
    named: (name: string) => asked.filter(([each]) => each === name).map(([, input]) => input),
    refuse: (name: string, code: ConstructorParameters<typeof RTCPeerError>[0]) =>
      void refusals.set(name, new RTCPeerError(code, 'refused by the test')),
    allow: (name: string) => void refusals.delete(name),
  };
};

/** A session on mediasoup-client's fake handler; `transports` are the current ones, the sending one first. */
export const fakeSession = async (server = fakeServer()) => {
  const log: unknown[] = [];
  const made: types.Transport[] = [];
  const session: Session = createMediaSession({
    call: server.call,
    makeDevice() {
      const device = fakeDevice();
      device.observer.on('newtransport', (transport) => made.push(transport));
      return device;
    },
    events: {
      received: ({ clientId, source }) => log.push(['received', clientId, source]),
      ended: () => log.push('ended'),
      refused: (source) => log.push(['refused', source]),
      renewed: () => log.push('renewed'),
      failed: ({ code }) => log.push(code),
    },
  });
  await session.prepare(server.rtpCapabilities);
  await session.attach(server.open());
  const transports = () => made.slice(-2) as [types.Transport, types.Transport];
  return {
    session,
    server,
    log,
    transports,
    /** The server announces consumers on the current transport. */
    consume: (...list: ConsumerOptions[]) => session.consume(transports()[1].id, list),
    /** Fakes the connection state that a browser reports of one transport. */
    turn(which: 'send' | 'receive', state: types.ConnectionState): void {
      const transport = transports()[which === 'send' ? 0 : 1];
      (transport.handler as FakeHandler).setConnectionState(state);
    },
  };
};

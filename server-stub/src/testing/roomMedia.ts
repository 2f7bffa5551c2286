import { EventEmitter } from 'node:events';
import type { Emit, WireEventName, WirePayload } from '@meetframe/contract/api';
import type { types } from 'mediasoup';
import { parseConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import type { Peer } from '../media/peer.ts';
import { RoomMedia, type RoomMediaOptions } from '../media/room.ts';
import { startWorkers } from '../media/workers.ts';
import { makeDevice, makeTransports, Source } from './mediaClient.ts';

const protocols = { udp: true, tcp: true };

/** A peer with open transports, and the events that it received. */
export type TestPeer = { peer: Peer; received: Map<string, WirePayload<'media.consumers'>['consumers'][number]> };

export const testWorkers = (count: number) =>
  startWorkers(
    parseConfig({
      MEDIA_PORT: '0',
      MEDIA_LISTEN: '127.0.0.1',
      MEDIA_WORKERS: String(count),
      SIGN_SECRET: 'x'.repeat(32),
    }),
    makeLog('silent'),
  );

/** The media of one meeting on real workers, without server and sockets. */
export const startRoomMedia = async (workerCount: number, options?: RoomMediaOptions) => {
  const workers = await testWorkers(workerCount);
  const capabilities = workers.rtpCapabilities;
  const media = new RoomMedia(workers, makeLog('silent'), options);
  const happened = new EventEmitter().setMaxListeners(0);
  const sources: Source[] = [];
  const clients: { close(): void }[] = [];
  /** Call it after each change that a test may wait for. */
  const changed = (): void => void happened.emit('change');
  for (const event of ['producerAdded', 'producerPaused', 'producerResumed', 'producerClosed', 'speakers'] as const)
    media.on(event, () => setImmediate(changed));

  const join = async (id: number): Promise<TestPeer> => {
    const received: TestPeer['received'] = new Map();
    const emit: Emit = <N extends WireEventName>(name: N, payload: WirePayload<N>) => {
      if (name === 'media.consumers')
        for (const one of (payload as WirePayload<'media.consumers'>).consumers) received.set(one.id, one);
      if (name === 'media.consumersClosed')
        for (const one of (payload as WirePayload<'media.consumersClosed'>).consumerIds) received.delete(one);
      if (name === 'media.consumerPaused') {
        const { consumerId, paused } = payload as WirePayload<'media.consumerPaused'>;
        const one = received.get(consumerId);
        if (one) one.producerPaused = paused;
      }
      happened.emit(name);
      changed();
    };
    const peer = media.add(id, emit);
    await media.open(peer, capabilities, protocols);
    return { peer, received };
  };

  /** A peer that can send: `send` makes its producers. */
  const connect = async (id: number) => {
    const peer = media.add(id, changed);
    const device = await makeDevice(capabilities);
    const opened = await media.open(peer, device.recvRtpCapabilities as types.RtpCapabilities, protocols);
    const { send, receive } = makeTransports(device, opened, async (name, { dtlsParameters, kind, rtpParameters }) => {
      if (name !== 'media.connect')
        return media.produce(peer, kind === 'audio' ? 'mic' : 'camera', { kind, rtpParameters });
      await peer.send?.connect({ dtlsParameters });
      return {};
    });
    clients.push(send, receive);
    return { peer, send };
  };

  return {
    workers,
    media,
    capabilities,
    protocols,
    join,
    changed,
    /** The number of peers after which the next one is placed on a second worker. */
    async fillRouter(): Promise<TestPeer[]> {
      const peers: TestPeer[] = [];
      for (let id = 1; id <= 60; id++) peers.push(await join(id));
      return peers;
    },
    connect,
    /** A peer that sends real packets of a microphone, 50 a second. */
    async talk(id: number): Promise<TestPeer & { source: Source }> {
      const { peer, send } = await connect(id);
      const source = new Source('audio');
      sources.push(source);
      await source.start({ send });
      return { peer, received: new Map(), source };
    },
    /** Resolves once the condition is true; it is checked after each event of the media or of a peer. */
    until: (isSo: () => boolean): Promise<void> =>
      new Promise((done) => {
        const look = (): void => {
          if (!isSo()) return;
          happened.off('change', look);
          done();
        };
        happened.on('change', look);
        look();
      }),
    /** The pipe transports of a router made from now on, and the producers that are open on them. */
    watchPipes(router: types.Router) {
      const piped = { transports: [] as types.Transport[], producers: new Set<types.Producer>(), made: 0 };
      router.observer.on('newtransport', (transport) => {
        if (transport.type !== 'pipe') return;
        piped.transports.push(transport);
        transport.observer.on('newproducer', (producer) => {
          piped.producers.add(producer);
          piped.made++;
          producer.observer.on('pause', changed);
          producer.observer.on('resume', changed);
          producer.observer.once('close', () => {
            piped.producers.delete(producer);
            changed();
          });
          changed();
        });
      });
      return piped;
    },
    [Symbol.dispose](): void {
      for (const source of sources) source.stop();
      for (const client of clients) client.close();
      media.close();
      workers.close();
    },
  };
};

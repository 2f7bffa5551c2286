import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { types } from 'mediasoup';
import { enhancedOnce } from 'mediasoup/extras';
import { expect, test, vi } from 'vitest';
import { opus, vp8 } from '../testing/harness.ts';
import { startRoomMedia, type TestPeer } from '../testing/roomMedia.ts';
import type { RoomProducer } from './producers.ts';

const microphone = (ssrc: number) => ({ kind: 'audio', rtpParameters: opus(ssrc) }) as never;
const camera = { kind: 'video', rtpParameters: vp8('v') } as never;

test('listeners are told of each producer, its router, and of every pause', async () => {
  using room = await startRoomMedia(1);
  const { media } = room;
  const { peer } = await room.join(1);
  const told: unknown[] = [];
  // A listener that throws affects neither the sender nor other listeners.
  media.on('producerAdded', () => {
    throw new Error('a bad listener');
  });
  for (const event of ['producerAdded', 'producerPaused', 'producerResumed', 'producerClosed'] as const)
    media.on(event, ({ producer, clientId, source, router }) =>
      told.push([event, producer.id, clientId, source, router === peer.place?.router]),
    );
  const { id } = await media.produce(peer, 'mic', microphone(1));
  expect([...media.producers.all()].map(({ producer }) => producer.id)).toEqual([id]);
  await peer.producers.get('mic')?.pause();
  await peer.producers.get('mic')?.resume();
  peer.producers.get('mic')?.close();
  expect(told).toEqual([
    ['producerAdded', id, 1, 'mic', true],
    ['producerPaused', id, 1, 'mic', true],
    ['producerResumed', id, 1, 'mic', true],
    ['producerClosed', id, 1, 'mic', true],
  ]);
  expect([...media.producers.all()]).toEqual([]);
});

test('a listener that is no peer receives RTP from producers on two workers, each at its home router', async () => {
  using room = await startRoomMedia(2);
  const { media, capabilities } = room;
  const udp = createSocket('udp4').bind(0, '127.0.0.1');
  await once(udp, 'listening');
  try {
    const transports: Promise<types.Transport>[] = [];
    /** Packets arrive in this process on the first router, and as UDP on the second. */
    const record = async ({ producer, router }: RoomProducer): Promise<void> => {
      const transport = transports.length
        ? router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' } })
        : router.createDirectTransport();
      transports.push(transport);
      const to = await transport;
      if (to.type === 'plain') await to.connect({ ip: '127.0.0.1', port: udp.address().port });
      const consumer = await to.consume({ producerId: producer.id, rtpCapabilities: capabilities });
      packets.set(consumer.rtpParameters.encodings?.[0]?.ssrc ?? 0, 0);
      consumer.on('rtp', (packet) => count(packet));
    };
    const packets = new Map<number, number>();
    const count = (packet: Buffer): void => {
      const ssrc = packet.readUInt32BE(8);
      if (packets.has(ssrc)) packets.set(ssrc, (packets.get(ssrc) ?? 0) + 1);
      room.changed();
    };
    udp.on('message', count);
    media.on('producerAdded', (one) => void record(one));
    const first = await room.talk(1);
    for (let id = 2; id <= 60; id++) await room.join(id);
    const last = await room.talk(61);
    expect(last.peer.place?.router).not.toBe(first.peer.place?.router);
    await room.until(() => packets.size === 2 && [...packets.values()].every((times) => times > 5));
  } finally {
    udp.close();
  }
});

test('a receiver that is no peer may consume on another router too, over a pipe that lasts as long as it consumes', async () => {
  using room = await startRoomMedia(2, { closePipesAfter: 5 });
  const { media, capabilities } = room;
  await room.talk(1);
  for (let id = 2; id <= 60; id++) await room.join(id);
  const { peer } = await room.join(61);
  const other = peer.place?.router ?? expect.fail('the peer has no router');
  // While it exists, the listener consumes the microphone through it.
  media.remove(peer);
  const piped = room.watchPipes(other);
  const [source] = [...media.producers.all()] as [RoomProducer];
  const transport = await other.createDirectTransport();
  const consumer = await media.consume(source, { router: other, transport }, { rtpCapabilities: capabilities });
  const [packet] = await enhancedOnce<types.ConsumerEvents>(consumer as types.Consumer, 'rtp');
  expect(packet.length).toBeGreaterThan(12);
  expect(piped.producers.size).toBe(1);
  consumer?.close();
  await room.until(() => piped.producers.size === 0);
});

test('a change updates only the receivers that it concerns', async () => {
  using room = await startRoomMedia(1);
  const { media } = room;
  const peers: TestPeer[] = [];
  for (let id = 1; id <= 30; id++) peers.push(await room.join(id));
  const [sender, viewer, ...others] = peers as [TestPeer, TestPeer, ...TestPeer[]];
  for (const { peer } of peers.slice(0, 12)) await media.produce(peer, 'mic', microphone(peer.id));
  for (const [index, { peer }] of others.entries())
    media.setPreferences(peer, { tiles: [{ clientId: 1000 + index, source: 'camera', maxSide: 300 }] });
  media.setPreferences(viewer.peer, { tiles: [{ clientId: 1, source: 'camera', maxSide: 300 }] });
  await room.until(() => peers.every(({ received }, index) => received.size === (index < 8 ? 7 : 8)));
  // An updated receiver looks up the producer of each of its tiles.
  await new Promise((done) => setImmediate(() => setImmediate(done)));
  const looked = vi.spyOn(media.producers, 'bySource');
  await peers[11]?.peer.producers.get('mic')?.pause();
  await peers[11]?.peer.producers.get('mic')?.resume();
  await media.produce(sender.peer, 'camera', camera);
  await room.until(() => viewer.received.size === 8);
  expect(looked.mock.calls).toEqual([[1, 'camera']]);
});

import { expect, test, vi } from 'vitest';
import { opus, vp8 } from '../testing/harness.ts';
import { startRoomMedia, type TestPeer } from '../testing/roomMedia.ts';

const camera = { kind: 'video', rtpParameters: vp8('v') } as never;
const look = (clientId: number) => ({ tiles: [{ clientId, source: 'camera', maxSide: 300 }] as const });
const nothing = { tiles: [] };
const sees = ({ received }: TestPeer, clientId: number): boolean =>
  [...received.values()].some((one) => one.source === 'camera' && one.clientId === clientId);
const routerOf = ({ peer }: TestPeer) => peer.place?.router ?? expect.fail('the peer has no router');

test('a participant who pages through 60 cameras on another worker ends with one pipe, for the camera received last', async () => {
  using room = await startRoomMedia(2, { closePipesAfter: 5 });
  const { media, until } = room;
  const senders = await room.fillRouter();
  const viewer = await room.join(61);
  expect(routerOf(viewer)).not.toBe(routerOf(senders[0] as TestPeer));
  const piped = room.watchPipes(routerOf(viewer));
  for (const { peer } of senders) await media.produce(peer, 'camera', camera);
  for (let id = 1; id <= 60; id++) {
    media.setPreferences(viewer.peer, look(id));
    await until(() => sees(viewer, id));
  }
  await until(() => piped.producers.size === 1);
  expect(piped.made).toBe(60);
  media.setPreferences(viewer.peer, nothing);
  await until(() => piped.producers.size === 0);
});

test('a pipe without consumers is paused at once, and resumed when it is wanted again before it closes', async () => {
  using room = await startRoomMedia(2, { closePipesAfter: 60_000 });
  const { media, until } = room;
  const [sender] = (await room.fillRouter()) as [TestPeer];
  const viewer = await room.join(61);
  const piped = room.watchPipes(routerOf(viewer));
  await media.produce(sender.peer, 'camera', camera);
  media.setPreferences(viewer.peer, look(1));
  await until(() => sees(viewer, 1));
  const [pipe] = piped.producers;
  expect(pipe?.paused).toBe(false);
  media.setPreferences(viewer.peer, nothing);
  await until(() => pipe?.paused === true);
  media.setPreferences(viewer.peer, look(1));
  await until(() => sees(viewer, 1));
  expect([pipe?.paused, pipe?.closed, piped.made]).toEqual([false, false, 1]);
});

test('a piped producer is paused and resumed with its source, and closed with it', async () => {
  using room = await startRoomMedia(2);
  const { media, until } = room;
  const [sender] = (await room.fillRouter()) as [TestPeer];
  const viewer = await room.join(61);
  const piped = room.watchPipes(routerOf(viewer));
  const producer = await media.produce(sender.peer, 'camera', camera);
  media.setPreferences(viewer.peer, look(1));
  await until(() => sees(viewer, 1));
  const [offered] = viewer.received.values();
  await producer.pause();
  await until(() => offered?.producerPaused === true);
  await producer.resume();
  await until(() => offered?.producerPaused === false);
  producer.close();
  await until(() => viewer.received.size === 0 && piped.producers.size === 0);
});

test('two routers whose first pipe failed are connected by the next attempt, without SCTP', async () => {
  using room = await startRoomMedia(2, { retryAfter: 5 });
  const { media, until } = room;
  const [sender] = (await room.fillRouter()) as [TestPeer];
  const viewer = await room.join(61);
  const piped = room.watchPipes(routerOf(viewer));
  const create = vi.spyOn(routerOf(sender), 'createPipeTransport').mockRejectedValueOnce(new Error('no port is free'));
  await media.produce(sender.peer, 'mic', { kind: 'audio', rtpParameters: opus(1) } as never);
  await until(() => viewer.received.size === 1);
  expect(create).toHaveBeenCalledTimes(2);
  // The transport of the failed attempt was closed.
  expect(piped.transports.map(({ closed }) => closed)).toEqual([true, false]);
  expect(await piped.transports[1]?.dump()).toMatchObject({ sctpParameters: undefined });
});

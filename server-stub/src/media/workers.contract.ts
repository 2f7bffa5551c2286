import { expect, test } from 'vitest';
import { opus, vp8 } from '../testing/harness.ts';
import { startRoomMedia, type TestPeer, testWorkers } from '../testing/roomMedia.ts';

const microphone = { kind: 'audio', rtpParameters: opus(1) } as never;
const camera = { kind: 'video', rtpParameters: vp8('v') } as never;
const workerOf = ({ peer }: TestPeer) => peer.place?.on.worker ?? expect.fail('the peer has no worker');

test('a worker that dies is replaced; its participants are told and can open media again', async () => {
  using room = await startRoomMedia(1);
  const { workers, media } = room;
  let resets = 0;
  const peer = media.add(1, (name) => {
    if (name === 'media.reset') resets++;
    room.changed();
  });
  await media.open(peer, room.capabilities, room.protocols);
  const before = workers.all()[0]?.worker;
  process.kill(before?.pid ?? 0, 'SIGKILL');
  await room.until(() => resets === 1);
  const { peerId } = await media.open(peer, room.capabilities, room.protocols);
  expect(peerId).toMatch(/\w{16}/);
  expect(workers.all()[0]?.worker).not.toBe(before);
});

test('microphones are observed on their home routers; when a worker dies, those on the others are still observed', async () => {
  using room = await startRoomMedia(2);
  const { media } = room;
  const spoke: number[][] = [];
  media.on('speakers', ({ speakers }) => spoke.push(speakers.map(({ clientId }) => clientId).sort((a, b) => a - b)));
  const first = await room.talk(1);
  for (let id = 2; id <= 60; id++) media.add(id, () => undefined);
  for (let id = 2; id <= 60; id++) await room.join(id);
  const last = await room.talk(61);
  expect(workerOf(last)).not.toBe(workerOf(first));
  await room.until(() => spoke.at(-1)?.join() === '1,61');
  process.kill(workerOf(first).pid, 'SIGKILL');
  await room.until(() => spoke.at(-1)?.join() === '61');
});

test('a large meeting spans workers, and its participants still receive one another', async () => {
  using room = await startRoomMedia(2);
  const { media } = room;
  const [first, second] = (await room.fillRouter()) as [TestPeer, TestPeer];
  const last = await room.join(61);
  expect(workerOf(last)).not.toBe(workerOf(first));
  await media.produce(first.peer, 'mic', microphone);
  await media.produce(first.peer, 'camera', camera);
  media.setPreferences(last.peer, { tiles: [{ clientId: 1, source: 'camera', maxSide: 300 }] });
  await room.until(() => last.received.size === 2 && second.received.size === 1);
  expect([...last.received.values()].map(({ source }) => source).sort()).toEqual(['camera', 'mic']);
});

test('a router is placed on the worker with the lowest load, not on the one with fewest routers', async () => {
  const workers = await testWorkers(2);
  try {
    const [busy, idle] = workers.all() as [
      ReturnType<typeof workers.all>[number],
      ReturnType<typeof workers.all>[number],
    ];
    busy.load.packets = 30_000;
    for (let times = 0; times < 3; times++) expect((await workers.createRouter())?.on).toBe(idle);
    expect(await workers.createRouter(new Set([busy, idle]))).toBeUndefined();
    expect(workers.load()).toEqual({ packets: 30_000, busiest: 30_000 / 55_000 });
  } finally {
    workers.close();
  }
});

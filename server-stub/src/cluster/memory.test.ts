import { expect, test } from 'vitest';
import type { NodeInfo, Tenure } from './cluster.ts';
import { memoryCluster } from './memory.ts';

const load = { people: 0, rooms: 0, packets: 0, busiest: 0 };
const node: NodeInfo = { id: 'one', name: 'One', address: '127.0.0.1', isWell: true, load };

const taken = async (cluster: ReturnType<typeof memoryCluster>, roomId: number): Promise<Tenure> => {
  const tenure = await cluster.take(roomId);
  if (!('release' in tenure)) throw new Error('another one has it');
  return tenure;
};

test('a room has one owner at a time, and each owner a higher epoch', async () => {
  const cluster = memoryCluster(node);
  const first = await taken(cluster, 7);
  expect(await cluster.take(7)).toMatchObject({ owner: 'one', epoch: first.epoch });
  first.release();
  expect((await taken(cluster, 7)).epoch).toBeGreaterThan(first.epoch);
});

test('facts are what the owner reported last, and only of rooms in which a meeting runs', async () => {
  const cluster = memoryCluster(node);
  const tenure = await taken(cluster, 7);
  const moderator = { id: 1, streamId: 1, broadCastId: 2 };
  tenure.report({ startedAt: 5, people: 3, moderator });
  expect([...(await cluster.facts([7, 8])).keys()]).toEqual([7]);
  expect((await cluster.facts([7])).get(7)).toMatchObject({ owner: 'one', startedAt: 5, people: 3, moderator });
  tenure.release();
  expect((await cluster.facts([7])).size).toBe(0);
});

test('a former owner can change nothing', async () => {
  const cluster = memoryCluster(node);
  const before = await taken(cluster, 7);
  before.release();
  await taken(cluster, 7);
  before.report({ startedAt: 1, people: 9, moderator: null });
  before.release();
  expect((await cluster.facts([7])).get(7)?.people).toBe(0);
});

test('events reach every listener until it stops', () => {
  const cluster = memoryCluster(node);
  const heard: number[] = [];
  const stop = cluster.on('room.changed', ({ roomId }) => heard.push(roomId));
  cluster.tell('room.changed', { roomId: 1 });
  stop();
  stop();
  cluster.tell('room.changed', { roomId: 2 });
  expect(heard).toEqual([1]);
});

test('closing aborts every tenure once', async () => {
  const cluster = memoryCluster(node);
  const { lost } = await taken(cluster, 7);
  cluster.close();
  cluster.close();
  expect(lost.aborted).toBe(true);
  expect((await cluster.facts([7])).size).toBe(0);
});

test('devices of a user are known until they depart', () => {
  const cluster = memoryCluster(node);
  const calls = { callable: 'pc', awake: true, roomId: null };
  const device = { id: 'a', userId: 3, companyId: 2, kind: 'pc', since: 0, ...calls };
  const told: number[] = [];
  cluster.on('presence.changed', ({ userId }) => told.push(userId));
  cluster.arrive(device);
  cluster.arrive({ ...device, id: 'b', userId: 4 });
  cluster.arrive({ ...device, companyId: 5 });
  expect(cluster.devicesOf(3)).toEqual([{ ...device, companyId: 5 }]);
  cluster.depart('a');
  expect(told).toEqual([3, 4, 3, 3]);
  expect(cluster.devicesOf(3)).toEqual([]);
});

import type { Source } from '@meetframe/contract/sfu';
import { expect, test } from 'vitest';
import { Producers, type RoomProducer } from './producers.ts';

const one = (id: string, clientId: number, source: Source, paused = false) =>
  ({ producer: { id, paused }, clientId, source }) as RoomProducer;

test('a producer is found by id and by client and source, until it is removed', () => {
  const producers = new Producers();
  const camera = one('a', 1, 'camera');
  producers.add(camera);
  expect([producers.byId('a'), producers.bySource(1, 'camera')]).toEqual([camera, camera]);
  producers.remove(camera);
  expect([producers.byId('a'), producers.bySource(1, 'camera'), ...producers.all()]).toEqual([undefined, undefined]);
});

test('microphones are listed separately, and which of them are open', () => {
  const producers = new Producers();
  const [open, muted] = [one('a', 1, 'mic'), one('b', 2, 'mic', true)];
  for (const each of [open, muted, one('c', 1, 'camera'), one('d', 1, 'screenAudio')]) producers.add(each);
  expect([...producers.microphones.keys()]).toEqual([1, 2]);
  expect([...producers.openMicrophones.keys()]).toEqual([1]);
  expect(producers.screenSounds.size).toBe(1);
  Object.assign(open.producer, { paused: true });
  Object.assign(muted.producer, { paused: false });
  for (const each of [open, muted]) producers.pauseChanged(each);
  expect([...producers.openMicrophones.keys()]).toEqual([2]);
});

test('closing a producer that was replaced does not remove its successor', () => {
  const producers = new Producers();
  const [old, next] = [one('a', 1, 'mic'), one('b', 1, 'mic')];
  producers.add(old);
  producers.add(next);
  producers.remove(old);
  expect(producers.bySource(1, 'mic')).toBe(next);
  expect(producers.openMicrophones.get(1)).toBe(next);
});

import { expect, test } from 'vitest';
import { outgoing } from './event.ts';
import { KeptTotal } from './kept.ts';
import { Replay } from './replay.ts';

const closing = (retryAfter: number) => outgoing('session.closing', { retryAfter });
const seen = (texts: string[] | undefined) =>
  texts?.map((text) => JSON.parse(text)).map(({ seq, retryAfter }) => [seq, retryAfter]);
const filled = (count: number, bounds = { events: 3, bytes: 1e6 }, total = new KeptTotal()): Replay => {
  const replay = new Replay(total, bounds);
  for (let n = 1; n <= count; n++) replay.add(closing(100 + n));
  return replay;
};

test('exactly the missed events are sent again', () => {
  const replay = filled(4);
  expect(seen(replay.since(2))).toEqual([
    [3, 103],
    [4, 104],
  ]);
  expect(replay.since(4)).toEqual([]);
});

test('a device that missed too many events, or sends a number from the future, needs a snapshot', () => {
  const replay = filled(5);
  expect(replay.since(1)).toBeUndefined();
  expect(replay.since(9)).toBeUndefined();
});

test('events beyond the byte limit of a device are dropped, and a device that missed them needs a snapshot', () => {
  const { bytes } = filled(1);
  const replay = filled(10, { events: 500, bytes: bytes * 4 });
  expect(replay.bytes).toBeLessThanOrEqual(bytes * 4);
  expect(seen(replay.since(6))).toHaveLength(4);
  expect(replay.since(5)).toBeUndefined();
  const narrow = filled(1, { events: 500, bytes: 10 });
  expect([narrow.seq, narrow.bytes, narrow.since(0), narrow.since(1)]).toEqual([1, 0, undefined, []]);
});

test('the newest of each state is kept and counts, until it is forgotten', () => {
  const total = new KeptTotal();
  const replay = new Replay(total);
  const speaking = (active: number) => outgoing('meeting.speakers', { active, speakers: [] });
  const one = replay.add(speaking(1));
  const { bytes } = total;
  expect(bytes).toBeGreaterThan(one.length);
  const two = replay.add(speaking(2));
  expect([replay.seq, total.bytes, replay.bytes, replay.states()]).toEqual([0, bytes, bytes, [two]]);
  replay.forgetStates();
  expect([total.bytes, replay.bytes, replay.states()]).toEqual([0, 0, []]);
});

test('where room is short, numbered events are dropped before states, and states at last', () => {
  const replay = filled(4, { events: 500, bytes: 1e6 });
  const state = replay.add(outgoing('meeting.speakers', { active: 1, speakers: [] }));
  replay.halve();
  expect(replay.states()).toEqual([state]);
  expect(replay.since(0)).toBeUndefined();
  while (replay.bytes > 0) replay.halve();
  expect(replay.states()).toEqual([]);
});

test('an event of many devices counts once, until the last of them drops it', () => {
  const total = new KeptTotal();
  const event = outgoing('account.changed', { user: null, company: null, level: null });
  const all = Array.from({ length: 100 }, () => new Replay(total));
  for (const replay of all) replay.add(event);
  expect(total.bytes).toBeLessThan(event.size + 100 * 100);
  for (const replay of all.slice(1)) replay.close();
  expect(total.bytes).toBeGreaterThan(event.size);
  all[0]?.close();
  expect(total.bytes).toBe(0);
});

test('when all devices together keep too much, the one that keeps most loses its oldest events', () => {
  const { bytes } = filled(1);
  const total = new KeptTotal(bytes * 40);
  const bounds = { events: 500, bytes: 1e6 };
  const little = filled(4, bounds, total);
  const much = filled(36, bounds, total);
  expect(total.bytes).toBe(bytes * 40);
  little.add(closing(105));
  expect(total.bytes).toBeLessThan(bytes * 36);
  expect(seen(little.since(0))).toHaveLength(5);
  expect(much.since(0)).toBeUndefined();
  expect(seen(much.since(18))?.at(-1)).toEqual([36, 136]);
});

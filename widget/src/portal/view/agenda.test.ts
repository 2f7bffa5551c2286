import type { Appointment } from '@meetframe/contract';
import { describe, expect, test } from 'vitest';
import { byDay, rowOf } from './agenda.ts';

const minute = 60_000;
const hour = 60 * minute;
const now = new Date(2026, 10, 23, 12, 0).getTime();
const at = { now, openBefore: 15 * minute, userId: 7 };

const appointment = (start: number, more: Partial<Appointment> = {}): Appointment => ({
  id: start,
  name: 'Review',
  startTime: new Date(start).toISOString(),
  endTime: new Date(start + hour).toISOString(),
  from: { id: 7, account: 'alice', name: 'Alice', email: null, phone: null, photo: null, company: null },
  timeLength: 60,
  description: null,
  streamId: null,
  broadCastId: null,
  actuallyStartTime: null,
  ...more,
});

describe('an appointment', () => {
  test.each([
    ['opens before its start', now + 16 * minute, {}, 'early'],
    ['is open from then on', now + 15 * minute, {}, 'open'],
    ['is open while it lasts', now - 59 * minute, {}, 'open'],
    ['is over at its end', now - hour, {}, 'over'],
    ['runs while somebody moderates it', now, { streamId: 3 }, 'running'],
    ['stays open while it runs over its time', now - 3 * hour, { streamId: 3 }, 'running'],
    ['does not run before it opens, whoever uses its room', now + hour, { streamId: 3 }, 'early'],
  ] as const)('%s', (_, start, more, phase) => {
    expect(rowOf(appointment(start, more), at).phase).toBe(phase);
  });

  test('belongs to whoever made it', () => {
    expect(rowOf(appointment(now), at).isOwn).toBe(true);
    expect(rowOf(appointment(now, { from: null }), at).isOwn).toBe(false);
  });
});

describe('the agenda', () => {
  const days = (starts: [number, number?][], scope: 'upcoming' | 'past' = 'upcoming') =>
    byDay(
      starts.map(([start, end = start + hour]) =>
        rowOf(appointment(start, { endTime: new Date(end).toISOString() }), at),
      ),
      now,
      scope,
    ).map(({ key, rows }) => [key, rows.length]);

  test('puts what is on one day together, in order', () => {
    expect(days([[now], [now + hour], [now + 24 * hour]])).toEqual([
      ['2026-11-23', 2],
      ['2026-11-24', 1],
    ]);
  });

  test('shows what began on an earlier day and still goes on today', () => {
    expect(days([[now - 30 * hour, now + hour]])).toEqual([['2026-11-23', 1]]);
  });

  test('leaves the past where it was', () => {
    expect(days([[now - 30 * hour, now - 29 * hour]], 'past')).toEqual([['2026-11-22', 1]]);
  });
});

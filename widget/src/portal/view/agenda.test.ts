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
    ['is running while it has a moderator', now, { streamId: 3 }, 'running'],
    ['stays open while it runs over its time', now - 3 * hour, { streamId: 3 }, 'running'],
    ['is not running before it opens, even if its room is used', now + hour, { streamId: 3 }, 'early'],
  ] as const)('%s', (_, start, more, phase) => {
    expect(rowOf(appointment(start, more), at).phase).toBe(phase);
  });

  test('belongs to its creator', () => {
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

  test('groups meetings by day, in order', () => {
    expect(days([[now], [now + hour], [now + 24 * hour]])).toEqual([
      ['2026-11-23', 2],
      ['2026-11-24', 1],
    ]);
  });

  test('shows a meeting that began on an earlier day and is still running today', () => {
    expect(days([[now - 30 * hour, now + hour]])).toEqual([['2026-11-23', 1]]);
  });

  test('leaves past meetings on their day', () => {
    expect(days([[now - 30 * hour, now - 29 * hour]], 'past')).toEqual([['2026-11-22', 1]]);
  });
});

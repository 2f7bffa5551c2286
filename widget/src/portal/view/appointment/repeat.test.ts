import { expect, test } from 'vitest';
import { checkRepeat, daysOf, neverRepeating, type Repeating, repeatOf, toggleDay } from './repeat.ts';

/** A Wednesday. */
const start = new Date(2026, 10, 25, 9, 30).getTime();
const weekly: Repeating = { ...neverRepeating, every: 'week' };

test('a week repeats on the day of its start until other days are chosen; one day stays', () => {
  expect(daysOf(weekly, start)).toEqual([3]);
  const more = toggleDay(weekly, start, 1);
  expect(more.days).toEqual([1, 3]);
  expect(toggleDay(toggleDay(more, start, 3), start, 1).days).toEqual([1]);
});

test.each([
  [{ count: '1' }, 'repeat.countInvalid'],
  [{ count: '101' }, 'repeat.countInvalid'],
  [{ count: '2.5' }, 'repeat.countInvalid'],
  [{ endsBy: 'until', until: '' }, 'repeat.untilInvalid'],
  [{ endsBy: 'until', until: '2026-11-24' }, 'repeat.untilInvalid'],
  [{ endsBy: 'until', until: '2028-11-26' }, 'repeat.untilInvalid'],
  [{ endsBy: 'until', until: '2028-11-24' }, undefined],
  [{ count: '2' }, undefined],
] as const)('an end of %j: %s', (end, key) => {
  expect(checkRepeat({ ...weekly, ...end }, start).repeat?.key).toBe(key);
});

test('is sent as section 2.19 takes it: days only where they were chosen, and one end', () => {
  expect(repeatOf(neverRepeating)).toEqual({});
  expect(repeatOf(weekly)).toEqual({ repeat: { every: 'week', count: 10 } });
  expect(repeatOf({ ...weekly, days: [1, 5], endsBy: 'until', until: '2027-01-31' })).toEqual({
    repeat: { every: 'week', days: [1, 5], until: '2027-01-31' },
  });
});

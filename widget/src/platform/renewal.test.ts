import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRenewal } from './renewal.ts';

const start = Date.parse('2026-11-23T08:00:00Z');
beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Records what happens, with the second. `answers`: the validity of each fresh sign, or the error. */
const setUp = (...answers: (number | null | Error)[]) => {
  const log: string[] = [];
  const note = (text: string) => log.push(`${text} ${(Date.now() - start) / second}`);
  const renewal = createRenewal({
    async renew() {
      note('renew');
      const answer = answers.shift() ?? new Error('none yet');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    onExpired: (isExpired) => note(isExpired ? 'expired' : 'fresh'),
    random: () => 1,
  });
  return { renewal, log };
};

test('a sign with a long validity is renewed a minute before it expires, one with a short validity after four fifths of it', async () => {
  const long = setUp(2 * hour);
  long.renewal.hold(2 * hour);
  await vi.advanceTimersByTimeAsync(2 * hour);
  expect(long.log).toEqual(['renew 7140']);
  long.renewal.stop();

  vi.setSystemTime(start);
  const short = setUp(10 * second);
  short.renewal.hold(10 * second);
  await vi.advanceTimersByTimeAsync(10 * second);
  expect(short.log).toEqual(['renew 8']);
});

test('renewals go on as long as the page gives fresh signs', async () => {
  const { renewal, log } = setUp(hour, hour, hour);
  renewal.hold(hour);
  await vi.advanceTimersByTimeAsync(3 * hour);
  expect(log).toEqual(['renew 3540', 'renew 7080', 'renew 10620']);
});

test('a sign that never expires is not renewed', async () => {
  const { renewal, log } = setUp();
  renewal.hold(null);
  await vi.advanceTimersByTimeAsync(1000 * hour);
  expect(log).toEqual([]);
});

test('without a fresh sign it asks again with growing pauses, and reports when the sign expires and when it is renewed', async () => {
  const none = new Error('the page’s server is down');
  const { renewal, log } = setUp(none, none, none, none, none, none, none, hour);
  renewal.hold(hour);
  await vi.advanceTimersByTimeAsync(hour + 5 * minute);
  expect(log).toEqual([
    ...[3540, 3541, 3543, 3547, 3555, 3571].map((at) => `renew ${at}`),
    'expired 3600',
    'renew 3601',
    'renew 3631',
    'fresh 3631',
  ]);
});

test('the old sign given again does not count as fresh', async () => {
  const { renewal, log } = setUp(2 * second, hour);
  renewal.hold(10 * second);
  await vi.advanceTimersByTimeAsync(hour / 2);
  expect(log).toEqual(['renew 8', 'renew 9']);
});

test('a sign that has expired already is renewed at once', async () => {
  const { renewal, log } = setUp(hour);
  renewal.hold(-second);
  await vi.advanceTimersByTimeAsync(second);
  expect(log).toEqual(['expired 0', 'renew 0', 'fresh 0']);
});

test('a new connection with a fresh sign ends the earlier attempts', async () => {
  const { renewal, log } = setUp();
  renewal.hold(10 * second);
  await vi.advanceTimersByTimeAsync(8 * second);
  renewal.hold(hour);
  await vi.advanceTimersByTimeAsync(hour / 2);
  expect(log).toEqual(['renew 8']);
});

test('a sign that is valid for months neither expires nor is renewed too early', async () => {
  const { renewal, log } = setUp(hour);
  renewal.hold(60 * 24 * hour);
  await vi.advanceTimersByTimeAsync(60 * 24 * hour - 2 * minute);
  expect(log).toEqual([]);
  await vi.advanceTimersByTimeAsync(minute);
  expect(log).toEqual(['renew 5183940']);
});

test('no sign is asked for after it was stopped', async () => {
  const { renewal, log } = setUp();
  renewal.hold(10 * second);
  await vi.advanceTimersByTimeAsync(8 * second);
  renewal.stop();
  await vi.advanceTimersByTimeAsync(hour);
  expect(log).toEqual(['renew 8']);
});

import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openStore, type Store } from '../store/store.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { memoryCounts } from './counts.ts';
import { limitOf } from './limit.ts';
import { storeCounts } from './storeCounts.ts';
import { makeThrottles } from './throttles.ts';

const folder = temporaryFolder();
let store: Store;
beforeAll(async () => {
  store = await openStore({ DATA_DIR: folder.path });
});
beforeEach(() => {
  waits = [];
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await store.deleteFrom('throttle').execute();
});
afterAll(async () => {
  await store.destroy();
  folder[Symbol.dispose]();
});
const restart = async () => {
  await store.destroy();
  store = await openStore({ DATA_DIR: folder.path });
};
const realNow = performance.now.bind(performance);
/** So much time passes since the test began. The clock of the machine does not matter. */
const later = (milliseconds: number) => vi.spyOn(performance, 'now').mockImplementation(() => realNow() + milliseconds);
const refused = (attempt: Promise<unknown>) =>
  attempt.then(
    () => false,
    (error) => error.code === 'THROTTLED' && error.details.retryAfter > 0,
  );

/** How long attempts had to wait; they did not really. */
let waits: number[] = [];
const wait = async (milliseconds: number) => void waits.push(milliseconds);
const login = () => makeThrottles(store, wait).guard('login', { pair: [5, 60], source: [50, 600], target: [50, 3600] });
const right = async () => true;
const wrong = async () => false;

test('attempts at the same moment are all counted', async () => {
  const limit = makeThrottles(store).limit('x', [10, 60]);
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => refused(limit.take('k'))));
  expect(outcomes.filter((each) => each)).toHaveLength(20);
  expect(await refused(limit.take('another'))).toBe(false);
});

test('counts outlive a restart, and end with their time', async () => {
  const limit = () => makeThrottles(store).limit('x', [2, 60]);
  await limit().take('k');
  await limit().take('k');
  await restart();
  expect(await refused(limit().take('k'))).toBe(true);
  later(61_000);
  expect(await refused(limit().take('k'))).toBe(false);
});

test('what is given back is there again, and never more than that', async () => {
  for (const counts of [storeCounts(store, 'x', 60), memoryCounts(60)]) {
    const limit = limitOf(counts, 1);
    await limit.take('k');
    await counts.add('k', -1);
    await counts.add('k', -1);
    expect(await refused(limit.take('k'))).toBe(false);
    expect(await refused(limit.take('k'))).toBe(true);
    await limit.forget('k');
    expect(await refused(limit.take('k'))).toBe(false);
  }
});

test('a limit in memory ends with its window, whatever happens to the clock of the machine', async () => {
  let now = 0;
  const limit = limitOf(
    memoryCounts(10, () => now),
    2,
  );
  vi.useFakeTimers({ toFake: ['Date'] });
  await limit.take('k');
  now += 4_000;
  vi.setSystemTime(Date.now() - 3_600_000);
  await limit.take('k');
  await limit.take('another');
  // The window began with the first attempt: 6 seconds of it are left, not an hour.
  await expect(limit.take('k')).rejects.toMatchObject({ code: 'THROTTLED', details: { retryAfter: 6_000 } });
  now += 6_000;
  await limit.take('k');
  vi.setSystemTime(Date.now() + 7_200_000);
  await limit.take('k');
  expect(await refused(limit.take('k'))).toBe(true);
  // The other window still runs.
  expect(await refused(limit.take('another'))).toBe(false);
  expect(await refused(limit.take('another'))).toBe(true);
});

test('a limit in the database ends with its window, when the clock of the machine is set as well', async () => {
  const limit = makeThrottles(store).limit('x', [1, 60]);
  vi.useFakeTimers({ toFake: ['Date'] });
  await limit.take('k');
  const waited = async () => {
    const error = await limit.take('k').catch((refusal) => refusal);
    return error.details.retryAfter;
  };
  vi.setSystemTime(Date.now() - 3 * 3_600_000);
  expect(await waited()).toBeLessThanOrEqual(60_000);
  vi.setSystemTime(Date.now() + 6 * 3_600_000);
  expect(await waited()).toBeGreaterThan(0);
  later(61_000);
  expect(await refused(limit.take('k'))).toBe(false);
});

test('a window of a server whose clock was far ahead counts no longer', async () => {
  const limit = makeThrottles(store).limit('x', [1, 60]);
  await limit.take('k');
  await store
    .updateTable('throttle')
    .set({ expiresAt: Date.now() + 3 * 3_600_000 })
    .execute();
  expect(await refused(limit.take('k'))).toBe(false);
  expect(await refused(limit.take('k'))).toBe(true);
});

test('a fault of the database is a fault, not too many attempts', async () => {
  const limit = makeThrottles(store).limit('x', [1, 60]);
  await store.schema.alterTable('throttle').renameTo('gone').execute();
  await expect(limit.take('k')).rejects.toThrow(/throttle/);
  await store.schema.alterTable('gone').renameTo('throttle').execute();
});

test('what counts no longer is swept', async () => {
  const throttles = makeThrottles(store);
  await throttles.limit('short', [5, 1]).take('k');
  await throttles.limit('long', [5, 600]).take('k');
  await throttles.sweep(Date.now() + 2000);
  const rows = await store.selectFrom('throttle').select('key').execute();
  expect(rows.map(({ key }) => key.split(':')[0])).toEqual(['long']);
});

test('what strangers typed is in no key', async () => {
  await login().attempt({ source: '203.0.113.1', target: 'my password by mistake' }, wrong);
  expect(JSON.stringify(await store.selectFrom('throttle').selectAll().execute())).not.toMatch(/mistake|203\.0/);
});

test('one source has few guesses at one target, whatever is right afterwards', async () => {
  const guess = { source: '203.0.113.1', target: 'alice' };
  for (let n = 0; n < 5; n++) await login().attempt(guess, wrong);
  const check = vi.fn(right);
  expect(await refused(login().attempt(guess, check))).toBe(true);
  expect(check).not.toHaveBeenCalled();
  expect(await login().attempt({ ...guess, target: 'bob' }, right)).toBe(true);
});

test('what is right costs nothing', async () => {
  const guess = { source: '203.0.113.1', target: 'alice' };
  for (let n = 0; n < 60; n++) expect(await login().attempt(guess, right)).toBe(true);
});

test('what is right costs nothing either while many others are under way', async () => {
  const guess = { source: '203.0.113.1', target: 'alice' };
  const guard = login();
  let atOnce = 0;
  let most = 0;
  const slowlyRight = async () => {
    most = Math.max(most, ++atOnce);
    await new Promise((done) => setImmediate(done));
    atOnce--;
    return true;
  };
  const answers = await Promise.all(Array.from({ length: 60 }, () => guard.attempt(guess, slowlyRight)));
  expect(answers).toEqual(Array(60).fill(true));
  // No more at once than may be wrong.
  expect(most).toBeLessThanOrEqual(5);
});

test('of wrong guesses at the same moment no more are answered than one after the other', async () => {
  const guess = { source: '203.0.113.1', target: 'alice' };
  const guard = login();
  const check = vi.fn(wrong);
  const outcomes = await Promise.all(Array.from({ length: 60 }, () => refused(guard.attempt(guess, check))));
  // Those that ran while the last one was counted are not answered.
  expect(check.mock.calls.length).toBeLessThan(10);
  expect(outcomes.filter((each) => each)).toHaveLength(55);
});

test('of wrong guesses at the same moment several nodes answer no more than one', async () => {
  const guess = { source: '203.0.113.1', target: 'alice' };
  const outcomes = await Promise.all(
    [login(), login(), login()].flatMap((node) =>
      Array.from({ length: 5 }, () =>
        node.attempt(guess, wrong).then(
          () => 'answered',
          (error) => error.code,
        ),
      ),
    ),
  );
  // Fewer when some were counted while others were looked at.
  expect(outcomes.filter((each) => each === 'answered').length).toBeLessThanOrEqual(5);
  // Nor is one that is right answered once they are used up.
  const other = { source: '203.0.113.2', target: 'alice' };
  const used = async () => {
    for (let n = 0; n < 5; n++) await login().attempt(other, wrong);
    return true;
  };
  expect(await refused(login().attempt(other, used))).toBe(true);
});

test('so many may wait, and no more', async () => {
  const guess = { source: '203.0.113.1', target: 'alice' };
  const guard = login();
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = Array.from({ length: 300 }, () =>
    guard
      .attempt(guess, () => promise.then(right))
      .then(
        () => 'right',
        (error) => error.code,
      ),
  );
  expect(await Promise.race(held)).toBe('THROTTLED');
  resolve();
  const outcomes = await Promise.all(held);
  expect(outcomes.filter((each) => each === 'right').length).toBeGreaterThanOrEqual(200);
  // Nothing of it is left behind.
  expect(await guard.attempt(guess, right)).toBe(true);
});

test('a check that fails counts for nothing', async () => {
  const guess = { source: '203.0.113.1', target: 'alice' };
  const away = () => Promise.reject(new Error('the partner is away'));
  for (let n = 0; n < 60; n++) await expect(login().attempt(guess, away)).rejects.toThrow('away');
  expect(await login().attempt(guess, right)).toBe(true);
});

test('one source has a number of wrong guesses at all targets together', async () => {
  for (let n = 0; n < 50; n++) await login().attempt({ source: '203.0.113.1', target: `user-${n}` }, wrong);
  expect(await refused(login().attempt({ source: '203.0.113.1', target: 'another' }, right))).toBe(true);
  expect(await login().attempt({ source: '203.0.113.2', target: 'another' }, right)).toBe(true);
});

/** So many machines guess once each; how many of the guesses were looked at. */
const attack = async (guard: ReturnType<typeof login>, machines: number): Promise<number> => {
  let tried = 0;
  for (let n = 0; n < machines; n++)
    await refused(
      guard.attempt({ source: `203.0.${n >> 8}.${n & 255}`, target: 'alice' }, async () => {
        tried++;
        return false;
      }),
    );
  return tried;
};

test('one source uses up nothing but its own share of a target, also after a restart', async () => {
  const guess = { source: '203.0.113.1', target: 'alice' };
  for (let n = 0; n < 5; n++) expect(await login().attempt(guess, wrong)).toBe(false);
  await restart();
  later(61_000);
  expect(await refused(login().attempt(guess, right))).toBe(true);
  expect(await login().attempt({ ...guess, source: '192.0.2.9' }, right)).toBe(true);
  expect(waits).toEqual([]);
  later(3_661_000);
  expect(await login().attempt(guess, right)).toBe(true);
});

test('a thousand guesses from elsewhere slow strangers down, refuse them while many wait, and lock nobody out', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const home = { source: '198.51.100.7', target: 'alice' };
  const fresh = { source: '192.0.2.9', target: 'alice' };
  await login().attempt(home, right);
  const guard = login();
  // All at the same moment: fifty pass, the next ten wait for turns a second apart.
  expect(await attack(guard, 1000)).toBe(60);
  expect(waits).toEqual([1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000]);
  expect(await refused(guard.attempt(fresh, right))).toBe(true);
  // Known places, and whoever has proved who they are, wait for nobody.
  waits = [];
  expect(await guard.attempt(home, wrong)).toBe(false);
  expect(await guard.attempt(home, right)).toBe(true);
  expect(await guard.attempt({ ...fresh, source: '192.0.2.8', identified: true }, right)).toBe(true);
  expect(waits).toEqual([]);
  // A moment later there is a turn for somebody new; right, it makes the place known.
  vi.advanceTimersByTime(1000);
  expect(await guard.attempt(fresh, right)).toBe(true);
  expect(waits).toEqual([9000]);
  expect(await guard.attempt(fresh, right)).toBe(true);
  expect(waits).toEqual([9000]);
}, 60_000);

test('the more was guessed, the further turns are apart, also after a restart', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  for (const [begin, apart] of [
    [0, 0],
    [50, 1000],
    [100, 2000],
    [150, 3000],
  ] as const) {
    await restart();
    waits = [];
    const guard = login();
    for (let n = begin; n < begin + 50; n++) {
      await guard.attempt({ source: `203.0.113.${n}`, target: 'alice' }, wrong);
      vi.advanceTimersByTime(apart);
    }
    // Each came when its turn did.
    expect(waits).toEqual([]);
    if (apart) expect(await guard.attempt({ source: '192.0.2.1', target: 'alice' }, right)).toBe(true);
  }
}, 60_000);

test('after the secret was changed only the place where that was done is known', async () => {
  const [home, office] = ['198.51.100.7', '198.51.100.8'].map((source) => ({ source, target: 'alice' }));
  if (!home || !office) throw new Error('unreachable');
  await login().attempt(home, right);
  await login().attempt(office, right);
  await login().forget('alice', home.source);
  const guard = login();
  await attack(guard, 100);
  expect(await refused(guard.attempt(office, right))).toBe(true);
  expect(await guard.attempt(home, right)).toBe(true);
}, 60_000);

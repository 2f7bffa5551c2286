import { expect, test } from 'vitest';
import { alice, fakePlatform } from '../platform/testing.ts';
import { Identity } from './identity.ts';
import type { PageStorage } from './storage.ts';

const setUp = (options: { kept?: string; hasStorage?: boolean } = {}) => {
  const { client, hellos, valid, ping, tell: event } = fakePlatform();
  let stored = options.kept;
  const storage: PageStorage = {
    SID: () => stored,
    keepSID: (SID) => {
      stored = SID;
    },
    preferences: () => ({}),
    prefer: () => {},
    read: () => undefined,
    write: () => {},
    onSID: () => () => {},
  };
  const session = new Identity({
    client,
    emit: () => {},
    beforeLogout: async () => {},
    storage: options.hasStorage === false ? undefined : storage,
  });
  return {
    client,
    session,
    hellos,
    valid,
    stored: () => stored,
    ping,
    event,
  };
};

test('a user who signed in before stays signed in, and it is visible that the server is being asked', async () => {
  const { session, hellos, ping } = setUp({ kept: 'good' });
  expect(session.restoring.value).toBe(true);
  await ping();
  expect(hellos).toEqual(['good']);
  expect(session.user.value?.name).toBe('Alice');
  expect(session.level.value).toBe(4);
  expect(session.openBefore.value).toBe(900_000);
  expect(session.restoring.value).toBe(false);
});

test('an ended session is forgotten, and waiting calls go on without a user', async () => {
  const { session, hellos, stored, ping } = setUp({ kept: 'ended' });
  await ping();
  expect(hellos).toEqual(['ended', undefined]);
  expect(stored()).toBeUndefined();
  expect(session.user.value).toBeNull();
  expect(session.endedElsewhere.value).toBe(true);
  expect(session.connection.value).toBe('connected');
});

test('a sign-in is stored, a refused one is not, and a sign-out removes it', async () => {
  const { session, stored } = setUp();
  expect(await session.login({ name: 'mallory', password: 'x' })).toEqual({ result: 1 });
  expect(stored()).toBeUndefined();
  await session.login({ name: 'alice', password: 'demo' });
  expect(stored()).toBe('good');
  await session.logout();
  expect(stored()).toBeUndefined();
  expect([session.user.value, session.level.value]).toEqual([null, null]);
  expect(session.endedElsewhere.value).toBe(false);
});

test('a session that another device ends is forgotten at once', async () => {
  const { session, stored, ping, event } = setUp({ kept: 'good' });
  await ping();
  event('account.changed', { user: null, company: null, level: null });
  await expect.poll(() => session.user.value).toBeNull();
  expect(stored()).toBeUndefined();
  expect(session.endedElsewhere.value).toBe(true);
});

test('a new level reaches the session by itself', async () => {
  const { session, ping, event } = setUp({ kept: 'good' });
  await ping();
  event('account.changed', { user: alice, company: null, level: 2 });
  await expect.poll(() => session.level.value).toBe(2);
});

test('a signed-out tab takes over the sign-in of another tab; a signed-in tab does not', async () => {
  const { session, hellos, valid, ping } = setUp();
  await ping();
  session.takeUp('good');
  await expect.poll(() => session.user.value?.name).toBe('Alice');
  valid.add('other');
  session.takeUp('other');
  await ping();
  expect(hellos).toEqual([undefined, 'good']);
});

test('in a frame nothing is stored', async () => {
  const { session, stored } = setUp({ hasStorage: false });
  await session.login({ name: 'alice', password: 'demo' });
  expect(session.user.value?.name).toBe('Alice');
  expect(stored()).toBeUndefined();
});

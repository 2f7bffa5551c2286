import { expect, test } from 'vitest';
import { createClient } from '../platform/client.ts';
import { Identity } from './identity.ts';
import type { PageStorage } from './storage.ts';

type Sent = Record<string, unknown> & { id: number; module: string; method: string };

const alice = { id: 7, account: 'alice', name: 'Alice' };

/** A platform at the other end of a WebSocket that knows the session ids in `valid`. */
const setUp = (options: { kept?: string; hasStorage?: boolean } = {}) => {
  const valid = new Set(['good']);
  const hellos: (string | undefined)[] = [];
  let current: Platform | undefined;
  class Platform {
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    constructor() {
      current = this;
      queueMicrotask(() => this.onopen?.());
    }
    say(message: object): void {
      queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(message) }));
    }
    send(text: string): void {
      const { id, module, method, SID, name } = JSON.parse(text) as Sent;
      const answer = (fields: object) => this.say({ id, module, method, ...fields });
      if (method !== 'hello') {
        const signedIn = { result: 0, SID: 'good', user: alice, level: 4 };
        answer(method !== 'login' ? { result: 0 } : name === 'alice' ? signedIn : { result: 1 });
        return;
      }
      hellos.push(SID as string | undefined);
      if (SID !== undefined && !valid.has(SID as string)) {
        answer({ error: { code: 'UNAUTHENTICATED', message: 'unknown' } });
        return;
      }
      const user = SID ? alice : null;
      const numbers = { seq: 0, serverTime: Date.now(), openBefore: 900_000, signExpiresAt: null };
      answer({ resumed: false, missed: 'events', resumeToken: 't', user, company: null, level: user && 4, ...numbers });
    }
    close(): void {}
  }
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
  const client = createClient({ url: 'ws://platform', WebSocket: Platform as never });
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
    ping: () => client.call('session.ping', {}),
    event: (name: string, payload: object) => {
      const [module, method] = name.split('.');
      current?.say({ seq: 1, module, method, ...payload });
    },
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

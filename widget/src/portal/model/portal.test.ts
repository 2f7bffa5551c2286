import type { Company, User } from '@meetframe/contract';
import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import { fakeClient } from '../../model/testing.ts';
import { Portal } from './portal.ts';

const setUp = () => {
  const { client, ...server } = fakeClient();
  const user = signal<User | null>({ id: 7 } as User);
  const identity = { user, company: signal({ id: 3 } as Company), clockOffset: signal(0) };
  server.answer('call.queryCalls', () => ({ calls: [{ callId: 'a' }], totalCount: 1, unseen: 1 }));
  server.answer('call.querySettings', () => ({ doNotDisturb: false }));
  server.answer('call.queryBlocked', () => ({ users: [] }));
  server.answer('presence.watch', () => ({ users: [] }));
  const place = vi.fn(async () => {});
  const load = vi.fn(async () => ({ place }));
  const calls = { screens: signal(undefined), load };
  const portal = new Portal(client, { identity, calls, admissions: {}, openLobby: async () => {} } as never);
  const change = (userId: number) => server.tell('presence.changed', { users: [{ userId, status: 'online' }] });
  return { server, portal, user, change, load, place };
};

test('another user sees nothing of the one before', async () => {
  const { server, portal, user, change } = setUp();
  await vi.waitFor(() => expect(portal.calls.history.items.value).toHaveLength(1));
  change(8);
  expect([...portal.calls.presence.value.keys()]).toEqual([8]);
  user.value = { id: 7, name: 'renamed' } as User;
  expect(portal.calls.presence.value.size).toBe(1);
  server.answer('call.queryCalls', () => ({ calls: [], totalCount: 0, unseen: 0 }));
  user.value = null;
  expect(portal.calls.presence.value.size).toBe(0);
  expect([portal.calls.history.items.value, portal.calls.unseen.value]).toEqual([undefined, 0]);
});

test('when it ends it listens to nothing and asks for nothing', async () => {
  const { server, portal, user, change } = setUp();
  await vi.waitFor(() => expect(portal.calls.history.items.value).toHaveLength(1));
  portal[Symbol.dispose]();
  const asked = server.asked.length;
  change(8);
  user.value = { id: 9 } as User;
  expect(portal.calls.presence.value.size).toBe(0);
  expect(server.asked.length).toBe(asked);
});

test('a call that comes before the code for calls is loaded waits for it, or says that it cannot be loaded', async () => {
  const { portal, load, place } = setUp();
  await portal.calls.call(8, 1);
  expect(place).toHaveBeenCalledExactlyOnceWith(8, 1);
  load.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  await expect(portal.calls.call(8, 1)).rejects.toMatchObject({ code: 'DISCONNECTED' });
});

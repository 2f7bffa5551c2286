import type { PageEvents, Participant, Room, User } from '@meetframe/contract';
import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import { CallScreens } from './callScreens.ts';
import type { WayParts } from './callWay.ts';
import { fakeClient, participant, room } from './testing.ts';

vi.mock(import('../media/ringTone.ts'), () => ({ startRingTone: () => () => {} }));

const person = (id: number, more: Partial<User> = {}): User =>
  ({ id, account: `account ${id}`, name: `U${id}`, photo: null, ...more }) as User;
const me = person(1);

/** Calls of a user whose meeting has these others, as far as it is entered. */
const make = (others: readonly Participant[] = []) => {
  const all = fakeClient();
  const inside = signal(false);
  const left: ((reason: string) => void)[] = [];
  const did: string[] = [];
  const exit = async () => {
    did.push('exit');
    inside.value = false;
    for (const listener of left) listener('exit');
    return { result: 0 };
  };
  const parts = {
    meeting: {
      seat: {
        isIn: () => inside.peek(),
        follow: ({ left: listener }: { left: (reason: string) => void }) => left.push(listener),
      },
      roster: { room: signal<Room | null>({ ...room, id: 50 }), others: signal(others) },
      link: { prepare: async () => void did.push('prepare') },
      exit,
    },
    screens: {
      skipLobby(id: number) {
        did.push(`enter ${id}`);
        inside.value = true;
      },
      getReady: (type: number | undefined) => void did.push(`ready ${type}`),
      goHome: () => void did.push('home'),
    },
  } as unknown as WayParts;
  const emitted: [string, unknown][] = [];
  const calls = new CallScreens({
    client: all.client,
    identity: { user: signal(me), company: signal({ id: 3 }) } as never,
    emit: (name: string, payload: unknown) => void emitted.push([name, payload]),
    look: { locale: signal('en'), ui: signal({}) },
    way: signal(parts),
    load: undefined,
  } as never);
  const changed = (more: Partial<PageEvents['callChanged']>) =>
    all.tell('call.changed', {
      ...{ callId: 'a', state: 'ringing', reason: null, outgoing: true, peer: person(2), type: 2, roomId: 50 },
      remaining: 9000,
      ...more,
    });
  /** A call that this user made is answered, and its room entered. */
  const answered = async (peer = person(2)) => {
    changed({ peer });
    all.tell('call.doAgree', { callId: 'a', roomId: 50, type: 2 });
    await vi.waitFor(() => expect(calls.isInCall.value).toBe(true));
    changed({ peer, state: 'connected' });
  };
  /** A meeting that has to do with no call. */
  const enterOwn = (): void => {
    inside.value = true;
  };
  return { ...all, calls, did, emitted, changed, answered, enterOwn, leave: exit };
};

test('[4.1] while a call rings, on either side, the meeting is prepared; the devices open for who calls, and for who accepts', async () => {
  const hers = make();
  hers.changed({ state: 'inviting' });
  await vi.waitFor(() => expect(hers.did).toEqual(['ready 2', 'prepare']));
  hers.changed({ remaining: 8000 });
  hers.changed({ state: 'agreed' });
  expect(hers.did).toEqual(['ready 2', 'prepare']);
  hers.changed({ state: 'ended', reason: 'failed' });
  expect(hers.did.slice(2)).toEqual(['ready undefined']);

  const his = make();
  his.changed({ outgoing: false });
  await vi.waitFor(() => expect(his.did).toEqual(['prepare']));
  const call = his.calls.ringing.peek();
  if (!call) throw new Error('nothing rings');
  his.answer('call.doAgree', () => Promise.reject(new Error('it has ended')));
  await expect(his.calls.accept(call)).rejects.toThrow();
  expect(his.did.slice(1)).toEqual(['ready 2', 'ready undefined']);
  his.answer('call.doAgree', () => ({ roomId: 50, type: 2 }));
  await his.calls.accept(call);
  expect(his.did.slice(3)).toEqual(['ready 2', 'enter 50']);
});

test('[4.1] a user who is called during a call comes into its room; otherwise the server makes one', async () => {
  const { calls, answered, named, leave } = make([participant(8, { userId: 2 })]);
  await calls.place(2, 2);
  await answered();
  await calls.place(3, 1);
  await leave();
  await calls.place(4, 2);
  expect(named('call.doInvite')).toEqual([
    { targetUserId: 2, type: 2 },
    { targetUserId: 3, type: 1, roomId: 50 },
    { targetUserId: 4, type: 2 },
  ]);
});

test.each([
  ['alone with the other user', person(2), [participant(8, { userId: 2 })], true],
  ['that the other user has left already', person(2), [], true],
  ['in which a third user is', person(2), [participant(8, { userId: 2 }), participant(9, { userId: 3 })], false],
  ['with a guest of the page', person(70, { account: '70' }), [participant(8)], true],
  ['with a guest and a user', person(70, { account: '70' }), [participant(8), participant(9, { userId: 3 })], false],
])('[4.4] the end of a call %s: does it end the meeting?', async (_, peer, others, isOver) => {
  const { calls, answered, changed, did } = make(others);
  await answered(peer);
  changed({ peer, state: 'ended', reason: 'hungUp' });
  expect(did.includes('exit')).toBe(isOver);
  expect(calls.isInCall.value).toBe(!isOver);
});

test('[4.1] who is being called into the meeting is shown until the person enters, and some seconds how it ended', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { calls, answered, changed, tell, leave, named } = make();
    await answered();
    const step = (callId: string, state: string, reason: string | null = null) =>
      tell('call.toRoom', { callId, user: person(3), state, reason, remaining: state === 'ringing' ? 9000 : null });
    const shown = () => calls.called.value.map(({ callId, state }) => `${callId} ${state}`);
    changed({ callId: 'own', state: 'inviting', peer: person(3) });
    step('own', 'ringing');
    step('other', 'ringing');
    step('own', 'ringing');
    expect(shown()).toEqual(['own ringing', 'other ringing']);
    const own = calls.live.value.find(({ callId }) => callId === 'own');
    if (own) await calls.cancel(own);
    expect(named('call.cancel')).toEqual([{ targetUserId: 3, callId: 'own' }]);
    step('own', 'ended', 'cancelled');
    step('other', 'agreed');
    step('unknown', 'ended', 'rejected');
    expect(shown()).toEqual(['own ended']);
    vi.advanceTimersByTime(5000);
    expect(shown()).toEqual([]);
    // Its end was never told.
    step('lost', 'ringing');
    vi.advanceTimersByTime(14_000);
    expect(shown()).toEqual([]);
    step('last', 'ringing');
    await leave();
    expect([shown(), vi.getTimerCount()]).toEqual([[], 0]);
  } finally {
    vi.useRealTimers();
  }
});

test('[4.4] who leaves withdraws what still leads into the meeting; a call that is declined ends no meeting to which another leads', async () => {
  const { calls, answered, changed, did, leave, named } = make();
  await answered();
  changed({ callId: 'b', peer: person(3), state: 'ringing' });
  changed({ callId: 'b', peer: person(3), state: 'ended', reason: 'rejected' });
  expect([did.includes('exit'), calls.isInCall.value]).toEqual([false, true]);
  changed({ callId: 'c', peer: person(4), state: 'ringing' });
  await leave();
  expect(named('call.cancel')).toEqual([
    { targetUserId: 2, callId: 'a' },
    { targetUserId: 4, callId: 'c' },
  ]);
});

test('[4.1] a call made small is at full size again for the next one', async () => {
  const { calls, answered, leave } = make();
  await answered();
  calls.setShape('small');
  expect(calls.shape.value).toBe('small');
  await leave();
  expect(calls.shape.value).toBe('full');
});

test('[4.1] colleagues to add: those first who can be called, without oneself and who is there already', async () => {
  const { calls, answer, named } = make([participant(8, { userId: 2 })]);
  answer('user.searchUserByOrgId', () => ({ users: [1, 2, 3, 4, 5, 6].map((id) => person(id)) }));
  const facts = { online: true, awake: true, busy: false, devices: ['pc'] };
  answer('presence.watch', () => ({
    users: [
      { userId: 4, ...facts, busy: true },
      { userId: 5, ...facts, awake: false },
      { userId: 6, ...facts },
    ],
  }));
  expect((await calls.colleagues(' u ')).map(({ user, state }) => [user.id, state])).toEqual([
    [6, 'online'],
    [5, 'away'],
    [4, 'busy'],
    [3, 'offline'],
  ]);
  expect(named('user.searchUserByOrgId')).toMatchObject([{ orgId: 3, name: 'u' }]);
  expect(named('presence.watch')).toEqual([{ userIds: [3, 4, 5, 6], once: true }]);
});

test('[4.1] who calls somebody in a meeting can be asked into it; it was none of a call, and goes on afterwards', async () => {
  const { calls, changed, did, tell, named, enterOwn } = make();
  enterOwn();
  const invite = { callId: 'b', ownUserId: 2, ownUser: person(2), type: 2, roomId: 60, remaining: 9000, waiting: true };
  tell('call.doInvite', invite);
  const knock = calls.ringing.peek();
  if (!knock) throw new Error('nobody calls');
  await calls.bringIn(knock);
  expect(named('call.reject')).toEqual([{ targetUserId: 2, callId: 'b' }]);
  expect(named('call.doInvite')).toEqual([{ targetUserId: 2, type: 2, roomId: 50 }]);
  changed({ callId: 'b', state: 'ended', reason: 'rejected', outgoing: false });
  changed({ callId: 'c' });
  tell('call.doAgree', { callId: 'c', roomId: 50, type: 2 });
  changed({ callId: 'c', state: 'connected' });
  changed({ callId: 'c', state: 'ended', reason: 'hungUp' });
  await vi.waitFor(() => expect(calls.live.peek()).toEqual([]));
  expect([did.includes('enter 50'), did.includes('exit'), calls.isInCall.peek()]).toEqual([false, false, false]);
});

// @vitest-environment happy-dom
import type { Participant } from '@meetframe/contract';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeApp, participant, room, snapshotOf } from '../model/testing.ts';
import { DialogsView } from './dialogs.ts';
import { ModeratingView } from './moderating.ts';
import { PeopleView } from './people.ts';

afterEach(() => void vi.unstubAllGlobals());

const setUp = async (others: readonly Participant[], superModeId: number | null = 1, ownerId: number | null = null) => {
  const { app, server } = fakeApp();
  server.next(snapshotOf(1, others, { room: { ...room, superModeId, ownerId } }));
  await app.enter({ roomId: 1012 });
  const dialogs = new DialogsView();
  const writeTo = vi.fn();
  const moderating = new ModeratingView(app, { dialogs, writeTo });
  const people = new PeopleView(app, moderating);
  const actions = (id: number) => people.people.value.find((one) => one.id === id)?.actions ?? [];
  const kinds = (id: number) => actions(id).map(({ kind }) => kind);
  const run = (id: number, kind: string) =>
    actions(id)
      .find((action) => action.kind === kind)
      ?.run();
  return { app, server, dialogs, writeTo, moderating, people, kinds, run };
};

test('a moderator has a menu for each participant, others may only write and rename themselves', async () => {
  const speaking = participant(2, { audio: true });
  const moderator = await setUp([speaking, participant(3, { hand: 5 })]);
  expect(moderator.kinds(1)).toEqual(['rename']);
  expect(moderator.kinds(2)).toEqual(['mute', 'write', 'makeModerator', 'rename', 'remove']);
  expect(moderator.kinds(3)).toEqual(['askUnmute', 'lowerHand', 'write', 'makeModerator', 'rename', 'remove']);
  expect(moderator.moderating.forAll.value).toBeDefined();
  const guest = await setUp([speaking], 2);
  expect([guest.kinds(1), guest.kinds(2)]).toEqual([['rename'], ['write']]);
  expect(guest.moderating.forAll.value).toBeUndefined();
});

test('nobody can remove the owner of the room, who takes the role back', async () => {
  const owner = { ...participant(2, { userId: 77 }), client: { ...participant(2).client, userId: 77 } };
  const moderator = await setUp([owner], 1, 77);
  expect(moderator.kinds(2)).not.toContain('remove');
  expect(moderator.kinds(2)).toContain('makeModerator');
});

test('actions are calls or open a dialog; one that is refused is said', async () => {
  const { server, dialogs, writeTo, moderating, run } = await setUp([participant(2, { audio: true, hand: 1 })]);
  run(2, 'mute');
  run(2, 'lowerHand');
  run(2, 'makeModerator');
  moderating.forAll.value?.muteAll();
  moderating.forAll.value?.toggleLock();
  expect(server.named('meeting.muteMsg')).toEqual([{ userId: 2, isMute: true, super: 'fromSuper' }]);
  expect(server.named('meeting.lowerHand')).toEqual([{ userId: 2 }]);
  expect(server.named('meeting.setCompere')).toEqual([{ userId: 2 }]);
  expect(server.named('meeting.muteAll')).toEqual([{ isMute: true }]);
  expect(server.named('meeting.lock')).toEqual([{ isLocked: true }]);
  run(2, 'write');
  expect(writeTo).toHaveBeenCalledWith(2);
  run(2, 'remove');
  expect(dialogs.dialog.value).toEqual({ kind: 'remove', id: 2, name: 'P2' });
  expect(server.named('meeting.kickOut')).toEqual([]);
  server.refuse('meeting.muteMsg', 'FORBIDDEN');
  run(2, 'mute');
  await vi.waitFor(() => expect(moderating.failed.value).toBe(true));
});

test('raised hands are listed in their order, and people are found by parts of their names', async () => {
  const named = (id: number, name: string, hand: number | null = null): Participant => {
    const one = participant(id, { hand });
    return { ...one, client: { ...one.client, name } };
  };
  const { people } = await setUp([named(2, 'Zoë', 30), named(3, 'Ann Archer', 10), named(4, '王芳')]);
  expect(people.raised.value.map(({ id, hand }) => [id, hand])).toEqual([
    [3, 1],
    [2, 2],
  ]);
  const found = (text: string) => {
    people.find(text);
    return people.people.value.map(({ id }) => id);
  };
  expect([found('zoe'), found('ARCH'), found('芳'), found('nobody')]).toEqual([[2], [3], [4], []]);
  expect(people.count.value).toBe(4);
});

test('a knock for each who comes to wait, once, however often the notice is shown', async () => {
  const { server, moderating } = await setUp([participant(2)]);
  const ann = { id: 5, name: 'Ann', photo: null, userId: null, since: 0 };
  server.answer('meeting.getWaitingRoom', () => ({ roomId: 1012, isOn: true, waiting: [ann] }));
  await expect.poll(() => moderating.waiting.value?.people.value).toEqual([ann]);
  const wait = (...ids: number[]) =>
    server.tell('meeting.onWaitingRoom', { roomId: 1012, isOn: true, waiting: ids.map((id) => ({ ...ann, id })) });
  let knocks = 0;
  const listen = () => moderating.waiting.value?.onKnock(() => knocks++);
  const stop = listen();
  expect(knocks).toBe(1);
  wait(5, 6);
  wait(6);
  expect(knocks).toBe(2);
  stop?.();
  listen()?.();
  expect(knocks).toBe(2);
  // Who came while the notice was away is told when it is back, if still there.
  wait(6, 7);
  listen()?.();
  expect(knocks).toBe(3);
  wait(6, 7, 8);
  wait(6, 7);
  listen();
  expect(knocks).toBe(3);
});

test('[3.1] a moderator who missed events asks again who waits', async () => {
  const { server, moderating } = await setUp([participant(2)]);
  await expect.poll(() => moderating.waiting.value).toBeDefined();
  const asked = () => server.named('meeting.getWaitingRoom').length;
  expect(asked()).toBe(1);
  server.tell('meeting.roster', { roomId: 1012, joined: [], left: [], changed: [{ client: { id: 1 }, video: true }] });
  expect(asked()).toBe(1);
  server.tell('missed');
  await expect.poll(asked).toBe(2);
});

test('[3.1] the moderator sees who waits to be let in, and decides; one who does not moderate asks for nothing', async () => {
  const { server, moderating } = await setUp([participant(2)]);
  const ann = { id: 5, name: 'Ann', photo: null, userId: null, since: 0 };
  server.answer('meeting.getWaitingRoom', () => ({ roomId: 1012, isOn: true, waiting: [ann] }));
  await expect.poll(() => moderating.waiting.value).toBeDefined();
  await expect.poll(() => moderating.waiting.value?.people.value).toEqual([ann]);
  server.tell('meeting.onWaitingRoom', { roomId: 7, isOn: false, waiting: [] });
  expect(moderating.waiting.value?.isOn.value).toBe(true);
  moderating.admit(5);
  moderating.decline(6);
  moderating.setWaitingRoom(false);
  await expect.poll(() => server.named('meeting.setWaitingRoom')).toEqual([{ isOn: false }]);
  expect(server.named('meeting.admit')).toEqual([{ waitingId: 5 }]);
  expect(server.named('meeting.decline')).toEqual([{ waitingId: 6 }]);
  server.tell('meeting.onWaitingRoom', { roomId: 1012, isOn: false, waiting: [] });
  expect(moderating.waiting.value?.people.value).toEqual([]);

  const guest = await setUp([participant(2)], 2);
  expect(guest.server.named('meeting.getWaitingRoom')).toEqual([]);
  expect(guest.moderating.waiting.value).toBeUndefined();
});

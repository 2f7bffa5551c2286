// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { fakeApp, participant, room, snapshotOf } from '../model/testing.ts';
import { createDispatch } from './dispatch.ts';
import { mirrorOf, watch } from './events.ts';
import { createHandlers } from './local.ts';
import { createOutbox } from './outbox.ts';
import { createOverrides } from './overrides.ts';
import { createOwn } from './own.ts';

/** A widget, and everything that is posted to its page: events by their names, answers as `=name`. */
const setUp = (others = [participant(2, { video: true }), participant(3)]) => {
  const all = fakeApp();
  all.server.next(snapshotOf(1, others));
  all.app.start({});
  const posted: string[] = [];
  const payloads: Record<string, unknown>[] = [];
  const outbox = createOutbox(
    (name, payload) => {
      // Told whenever devices are listed, which no call of these tests is about.
      if (name === 'deviceChanged') return;
      posted.push(name);
      payloads.push(payload as never);
    },
    () => all.app.meeting.seat.selfId.peek(),
  );
  let relayed: () => Promise<unknown> = async () => ({});
  const dispatch = createDispatch(createOwn(createHandlers(all.app)), {
    relay: () => relayed(),
    overrides: createOverrides(all.app),
  });
  watch(all.app, () => mirrorOf(all.app), { state: () => {}, event: outbox.tell });
  return {
    ...{ ...all, posted, payloads, outbox },
    /** What the platform does when it gets a call. */
    answerWith(next: () => Promise<unknown>): void {
      relayed = next;
    },
    async call(name: string, ...args: unknown[]): Promise<unknown> {
      // Penpal posts an answer some promises later.
      const answer = await outbox.during(name, () => dispatch.call(name, args));
      for (let step = 0; step < 5; step++) await undefined;
      posted.push(`=${name}`);
      return answer;
    },
    change: (more: object) =>
      all.server.tell('meeting.roster', { roomId: 1012, room, joined: [], changed: [], left: [], ...more }),
  };
};
const settled = (posted: string[], count: number) =>
  vi.waitUntil(() => posted.length >= count, { interval: 1, timeout: 5000 });

test('[3.1] [3.25] own EnterRoom, and videos that were there before, are told after the answer of enter', async () => {
  const { call, posted, payloads } = setUp();
  await call('meeting.enter', { roomId: 1012 });
  await settled(posted, 3);
  expect(posted).toEqual(['=meeting.enter', 'onPublished', 'EnterRoom']);
  expect(payloads.map(({ client }) => (client as { id: number }).id)).toEqual([2, 1]);
});

test('[3.25] who comes and goes while the caller enters is told after the answer, in order', async () => {
  const { call, posted, server, change } = setUp([participant(2)]);
  const media = Promise.withResolvers<unknown>();
  const prepared = snapshotOf(1, [participant(2)]);
  server.answer('meeting.enter', () => prepared);
  server.answer('media.open', () => media.promise);
  const entering = call('meeting.enter', { roomId: 1012 });
  await vi.waitUntil(() => server.named('media.open').length > 0, { interval: 1 });
  change({ joined: [participant(4)] });
  change({ left: [2] });
  expect(posted).toEqual([]);
  media.resolve(server.open());
  const { members } = (await entering) as { members: { id: number }[] };
  expect(members.map(({ id }) => id)).toEqual([2]);
  await settled(posted, 4);
  expect(posted).toEqual(['=meeting.enter', 'EnterRoom', 'EnterRoom', 'ExitRoom']);
});

test('[3.1] while the caller waits to be let in, the page hears that and all else; then the answer comes first again', async () => {
  const { call, posted, server, change, outbox } = setUp([participant(2)]);
  const entered = Promise.withResolvers<object>();
  server.answer('meeting.enter', () => entered.promise);
  const entering = call('meeting.enter', { roomId: 1012 });
  await vi.waitUntil(() => server.named('meeting.enter').length > 0, { interval: 1 });
  outbox.tell('onInvite', {});
  expect(posted).toEqual([]);
  outbox.tell('onWaiting', { roomId: 1012, state: 'waiting' });
  outbox.tell('onPresence', {});
  expect(posted.splice(0)).toEqual(['onInvite', 'onWaiting', 'onPresence']);
  outbox.tell('onWaiting', { roomId: 1012, state: 'admitted' });
  outbox.tell('onInvite', {});
  expect(posted.splice(0)).toEqual(['onWaiting']);
  entered.resolve({ ...snapshotOf(1, [participant(2)]), media: server.open() });
  await entering;
  change({ left: [2] });
  await settled(posted, 4);
  expect(posted).toEqual(['=meeting.enter', 'onInvite', 'EnterRoom', 'ExitRoom']);
});

test.each([
  ['meeting.muteMsg', [{ userId: 2, roomId: 1012, isMute: true }], 'onMute'],
  ['meeting.raiseHand', [], 'onRaiseHand'],
  ['meeting.chat', [{ content: 'x' }], 'onChat'],
  ['meeting.kickOut', [{ userId: 2, roomId: 1012 }], 'tiren'],
  ['meeting.finish', [], 'onFinish'],
  ['call', [{ userId: 2 }], 'callChanged'],
])('what %s causes is told after its answer', async (name, args, event) => {
  const { call, posted, outbox, answerWith } = setUp();
  await call('meeting.enter', { roomId: 1012 });
  await settled(posted, 3);
  posted.length = 0;
  answerWith(async () => {
    outbox.tell(event, { roomId: 1012 });
    return {};
  });
  await call(name, ...args);
  await settled(posted, 2);
  expect(posted).toEqual([`=${name}`, event]);
});

test('[3.2] own ExitRoom is told after the answer of exit, under its old name, too', async () => {
  const { call, posted } = setUp();
  await call('meeting.enter', { roomId: 1012 });
  await settled(posted, 3);
  posted.length = 0;
  await call('meeting.exitRoom');
  await settled(posted, 2);
  expect(posted).toEqual(['=meeting.exitRoom', 'ExitRoom']);
});

test('[3.4] what publish causes for the caller is told after its answer; meanwhile the meeting is not silent', async () => {
  const { call, posted, machine, change, outbox } = setUp();
  await call('meeting.enter', { roomId: 1012 });
  await settled(posted, 3);
  posted.length = 0;
  const prompt = Promise.withResolvers<void>();
  const { openCamera } = machine.hardware;
  machine.hardware.openCamera = async (wish) => {
    await prompt.promise;
    return openCamera(wish);
  };
  const publishing = call('meeting.publish', { audio: true, video: true });
  change({ joined: [participant(4)] });
  outbox.tell('onChat', { client: participant(2).client });
  expect(posted).toEqual(['EnterRoom', 'onChat']);
  change({ changed: [participant(1, { video: true })] });
  change({ left: [4] });
  expect(posted).toEqual(['EnterRoom', 'onChat', 'ExitRoom']);
  prompt.resolve();
  await publishing;
  await settled(posted, 6);
  expect(posted).toEqual([
    ...['EnterRoom', 'onChat', 'ExitRoom', '=meeting.publish', 'onPublished', 'onLocalPublished'],
  ]);
});

test('an event waits for the calls of its own time only, and never for one that causes none', async () => {
  const { call, posted, outbox, answerWith } = setUp();
  const first = Promise.withResolvers<object>();
  const second = Promise.withResolvers<object>();
  answerWith(() => first.promise);
  const one = call('meeting.chat', { content: '1' });
  outbox.tell('onChat', 1);
  outbox.tell('connectionChanged', {});
  expect(posted).toEqual(['connectionChanged']);
  answerWith(() => second.promise);
  const two = call('meeting.chat', { content: '2' });
  first.resolve({});
  await one;
  await settled(posted, 3);
  expect(posted).toEqual(['connectionChanged', '=meeting.chat', 'onChat']);
  second.reject({ code: 'THROTTLED', message: 'x' });
  await expect(two).rejects.toBeDefined();
  answerWith(() => new Promise(() => {}));
  void call('queryMyRooms', {});
  outbox.tell('onChat', 2);
  await settled(posted, 4);
});

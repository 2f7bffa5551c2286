// @vitest-environment happy-dom
import type { HostEnd } from '@meetframe/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeApp, participant, room, snapshotOf } from '../model/testing.ts';
import { mirrorOf, watch } from './events.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A meeting of three participants, and the events that the page gets. */
const watched = async () => {
  const { app, server } = fakeApp();
  server.next(snapshotOf(1, [participant(2), participant(3)]));
  await app.enter({ roomId: 1012 });
  const all: { at: number; name: string; payload: unknown }[] = [];
  const began = Date.now();
  const tell = (name: string, payload: unknown) => void all.push({ at: Date.now() - began, name, payload });
  const host = { state: (patch: unknown) => tell('state', patch), event: tell } as unknown as HostEnd;
  const stop = watch(app, () => mirrorOf(app), host);
  all.length = 0;
  return {
    ...{ app, server, all, stop },
    told: () => all.filter(({ name }) => name !== 'state'),
    speaks: (active: number | null) => server.tell('meeting.speakers', { active, speakers: [] }),
    change: (more: object) =>
      server.tell('meeting.roster', { roomId: 1012, room, joined: [], changed: [], left: [], ...more }),
  };
};
const speakers = (told: { name: string; payload: unknown }[]) =>
  told
    .filter(({ name }) => name === 'memberTalking')
    .map(({ payload }) => (payload as { member: { id: number } }).member.id);

test('[3.48] memberTalking comes at once, at most four times a second, and the last one names the current active speaker', async () => {
  const { speaks, told, stop } = await watched();
  speaks(2);
  vi.advanceTimersByTime(1);
  expect(speakers(told())).toEqual([2]);
  for (let step = 0; step < 200; step++) {
    speaks(step % 3 ? 2 : 3);
    vi.advanceTimersByTime(10);
  }
  speaks(3);
  vi.advanceTimersByTime(1000);
  const times = told().map(({ at }) => at);
  expect(times.length).toBeGreaterThan(4);
  for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(250);
  const ids = speakers(told());
  expect(ids.at(-1)).toBe(3);
  expect(ids.filter((id, index) => id === ids[index - 1])).toEqual([]);
  stop();
});

test('[3.48] memberTalking is sent once while the active speaker stays the same, and not for silence', async () => {
  const { speaks, change, told, stop } = await watched();
  speaks(2);
  vi.advanceTimersByTime(5000);
  change({ changed: [participant(2), participant(3)] });
  vi.advanceTimersByTime(5000);
  expect(speakers(told())).toEqual([2]);
  speaks(null);
  vi.advanceTimersByTime(5000);
  expect(speakers(told())).toEqual([2]);
  stop();
  speaks(3);
  vi.advanceTimersByTime(5000);
  expect(speakers(told())).toEqual([2]);
});

test('[3.25] onLinkSlow comes when a direction becomes poor, not while it stays poor', async () => {
  const { server, told, stop } = await watched();
  const quality = (direction: string, poor: boolean) => server.tell('media.quality', { direction, poor });
  quality('upload', true);
  quality('download', true);
  quality('upload', false);
  quality('upload', true);
  expect(told().map(({ name, payload }) => [name, (payload as { code: number }).code])).toEqual([
    ['onLinkSlow', 1001],
    ['onLinkSlow', 1002],
    ['onLinkSlow', 1001],
  ]);
  stop();
});

test('the page’s copy of the state is up to date before the event that says what changed', async () => {
  const { change, all, app, stop } = await watched();
  change({ joined: [participant(4)] });
  expect(all.map(({ name }) => name)).toEqual(['state', 'EnterRoom']);
  const ids = ({ members }: { members: { id: number }[] }) => members.map(({ id }) => id);
  expect(ids(all[0]?.payload as never)).toEqual([2, 3, 4]);
  all.length = 0;
  await app.meeting.exit();
  expect(all.map(({ name }) => name)).toEqual(['state', 'ExitRoom']);
  expect(all[0]?.payload).toMatchObject({ room: null, client: null, members: [], screen: 'left' });
  stop();
});

test('members are sent again only when one of them has changed, and unchanged members are not compared field by field', async () => {
  const { change, speaks, all, app, stop } = await watched();
  const looked = vi.fn();
  Object.assign(app.meeting.roster.participants.value.get(2)?.client ?? {}, { toJSON: looked });
  speaks(3);
  app.configure({ locale: 'en' });
  change({ changed: [participant(3)] });
  expect(all).toEqual([]);
  change({ changed: [participant(3, { client: { ...participant(3).client, isMuted: true } })] });
  expect(all).toMatchObject([{ name: 'state', payload: { members: [{ id: 2 }, { id: 3, isMuted: true }] } }]);
  expect(looked).not.toHaveBeenCalled();
  stop();
});

test('a problem from before the page listened is sent', async () => {
  const { app, server } = fakeApp();
  server.refuse('meeting.enter', 'ROOM_FULL');
  app.start({ room: 1012, lobby: false });
  await vi.waitFor(() => expect(app.problem.value?.code).toBe('ROOM_FULL'));
  const event = vi.fn();
  watch(app, () => mirrorOf(app), { state: () => {}, event } as unknown as HostEnd)();
  expect(event).toHaveBeenCalledWith('failed', { code: 'ROOM_FULL', message: 'refused by the test' });
});

// @vitest-environment happy-dom
import type { WidgetOptions } from '@meetframe/contract';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeApp, participant, room, snapshotOf } from '../model/testing.ts';
import { StageView } from './stage.ts';

afterEach(() => void vi.unstubAllGlobals());

const member = (id: number, more: Parameters<typeof participant>[1] = {}) =>
  participant(id, { audio: true, video: true, ...more });

/** The stage of a meeting of so many, oneself with the id 1, and what it asks for. */
async function stageOf(count: number, options: WidgetOptions = {}) {
  const { app, server } = fakeApp();
  app.start(options);
  const others = Array.from({ length: count - 1 }, (_, index) => member(index + 2));
  server.next(snapshotOf(1, others));
  await app.enter({ roomId: 1012 });
  const { tiles, receiving } = app.meeting;
  const show = vi.spyOn(receiving, 'show');
  const view = new StageView(app);
  view.resize({ width: 1600, height: 900 }, 2);
  return {
    ...{ view, app, tiles, show },
    /** `volumes` in decibels below full scale. */
    speaks: (active: number | null, volumes: [clientId: number, volume: number][] = []) =>
      server.tell('meeting.speakers', {
        active,
        speakers: volumes.map(([clientId, volume]) => ({ clientId, volume })),
      }),
    change: (more: object) =>
      server.tell('meeting.roster', { roomId: 1012, room, joined: [], changed: [], left: [], ...more }),
  };
}
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const shown = ({ view }: Awaited<ReturnType<typeof stageOf>>) => view.tiles.value.map(({ key }) => key);

test('asks for the pictures of the others only, in pixels of the screen', async () => {
  const { show } = await stageOf(2);
  expect(show).toHaveBeenLastCalledWith([{ clientId: 2, source: 'camera', maxSide: 1592 }], null);
});

test('does not ask again while nothing changes on the stage', async () => {
  const { show, change, speaks } = await stageOf(3);
  const before = show.mock.calls.length;
  speaks(null, [[2, -16]]);
  change({ changed: [member(2), member(3)] });
  expect(show).toHaveBeenCalledTimes(before);
});

test('the speaker view follows who speaks', async () => {
  const stage = await stageOf(4);
  stage.view.toggleLayout();
  expect(stage.view.focused.value).toBe('camera-2');
  stage.speaks(3);
  expect(stage.view.focused.value).toBe('camera-3');
});

test('[3.4] the tile of one’s own and the voice-switched one exist from the start, under the names that they have', async () => {
  const { view, app, tiles, speaks } = await stageOf(3);
  const names = () => view.tiles.value.map(({ role, domId }) => [role, domId]);
  expect(names()).toEqual([
    ['local', undefined],
    ['remote', undefined],
    [undefined, undefined],
  ]);
  await app.meeting.publish({ localTag: 'mine', remoteTag: 'big' });
  speaks(3);
  expect(names()).toEqual([
    ['local', 'mine'],
    [undefined, undefined],
    ['big', 'big'],
  ]);
  // Whom the page plays by name keeps that name.
  await tiles.play(3, 'third');
  expect(names()[2]).toEqual(['big', 'third']);
});

test('[3.4] without automatic play the voice-switched tile is shown where the page asked for it', async () => {
  const stage = await stageOf(3, { autoPlay: false });
  expect(shown(stage)).toEqual(['camera-1']);
  await stage.app.meeting.publish({ remoteTag: 'remote' });
  expect(shown(stage)).toEqual(['camera-1', 'camera-2']);
  stage.speaks(3);
  expect(shown(stage)).toEqual(['camera-1', 'camera-3']);
});

test('a pinned tile is large whoever speaks, and is given back when its person leaves', async () => {
  const { view, speaks, change, show } = await stageOf(4);
  view.togglePin('camera-4');
  speaks(2);
  expect(view.focused.value).toBe('camera-4');
  expect(show.mock.lastCall?.[1]).toBe(4);
  change({ left: [4] });
  expect(view.focused.value).toBeUndefined();
  expect(show.mock.lastCall?.[1]).toBeNull();
});

test('a screen that somebody shares is large by itself', async () => {
  const { view, change } = await stageOf(3);
  change({ changed: [member(2, { screen: true })] });
  expect(view.focused.value).toBe('screen-2');
});

test('who speaks is on the stage even where there is no place for all', async () => {
  const stage = await stageOf(40);
  expect(shown(stage)).toHaveLength(25);
  expect(stage.view.hiddenCount.value).toBe(15);
  expect(shown(stage)).not.toContain('camera-40');
  stage.speaks(40);
  expect(shown(stage)).toContain('camera-40');
  expect(shown(stage)).toHaveLength(25);
});

test('what is not on the page that is shown is not received', async () => {
  const stage = await stageOf(40);
  expect(stage.show.mock.lastCall?.[0]).toHaveLength(24);
  expect(stage.view.previousPage.value).toBeUndefined();
  stage.view.nextPage.value?.();
  expect(shown(stage)).toEqual(range(26, 40).map((id) => `camera-${id}`));
  expect(stage.show.mock.lastCall?.[0].map(({ clientId }) => clientId)).toEqual(range(26, 40));
  expect(stage.view.nextPage.value).toBeUndefined();
  stage.view.previousPage.value?.();
  expect(shown(stage)[0]).toBe('camera-1');
});

test('people who leave take their page with them', async () => {
  const stage = await stageOf(40);
  stage.view.nextPage.value?.();
  stage.change({ left: range(21, 40) });
  expect([stage.view.page.value, stage.view.pages.value]).toEqual([0, 1]);
  expect(shown(stage)).toHaveLength(20);
});

test('without automatic play only the named are shown, and the closed never', async () => {
  const stage = await stageOf(4, { autoPlay: false });
  expect(shown(stage)).toEqual(['camera-1']);
  await stage.tiles.play(3, 'video-3');
  expect(shown(stage)).toEqual(['camera-1', 'camera-3']);
  expect(stage.view.tiles.value[1]?.domId).toBe('video-3');
  await stage.tiles.closePlay(3);
  expect(shown(stage)).toEqual(['camera-1']);
});

test('muted people never seem to speak', async () => {
  const { view, speaks, change } = await stageOf(3);
  speaks(null, [
    [2, -40],
    [3, -40],
  ]);
  change({ changed: [member(3, { client: { ...member(3).client, isMuted: true } })] });
  expect([...view.speaking.value]).toEqual([2]);
});

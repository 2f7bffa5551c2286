// @vitest-environment happy-dom
import type { WidgetOptions } from '@meetframe/contract';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeApp, participant, room, snapshotOf } from '../model/testing.ts';
import { StageView } from './stage.ts';

afterEach(() => void vi.unstubAllGlobals());

const member = (id: number, more: Parameters<typeof participant>[1] = {}) =>
  participant(id, { audio: true, video: true, ...more });

/** The stage of a meeting with so many participants, the own one with the id 1, and the videos that it requests. */
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
    ...{ view, app, server, tiles, show },
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

test('requests the videos of the others only, in device pixels', async () => {
  const { show } = await stageOf(2);
  expect(show).toHaveBeenLastCalledWith([{ clientId: 2, source: 'camera', maxSide: 3200 }], null);
});

test('does not request again while nothing changes on the stage', async () => {
  const { show, change, speaks } = await stageOf(3);
  const before = show.mock.calls.length;
  speaks(null, [[2, -16]]);
  change({ changed: [member(2), member(3)] });
  expect(show).toHaveBeenCalledTimes(before);
});

test('with one other person, the other fills the stage and oneself floats in a corner that one chooses', async () => {
  const { view, change } = await stageOf(2);
  const [own, other] = view.tiles.value;
  expect(other?.place).toEqual({ x: 0, y: 0, width: 1600, height: 900 });
  expect([own?.isFloating, other?.isFloating]).toEqual([true, false]);
  // Name, signs and buttons of the large tile keep clear of that corner.
  expect([own?.covered, other?.covered]).toMatchObject([undefined, { corner: 'bottom-right', width: 300 }]);
  const places = () => view.tiles.value.map(({ place: { x, y } }) => [x > 800, y > 450]);
  expect(places()[0]).toEqual([true, true]);
  view.moveFloating({ x: 200, y: 100 });
  expect(places()[0]).toEqual([false, false]);
  view.moveFloating();
  expect(places()[0]).toEqual([true, false]);
  expect(view.tiles.value[1]?.covered?.corner).toBe('top-right');
  view.hideSelf(true);
  expect(view.tiles.value.map(({ key, covered }) => [key, covered])).toEqual([['camera-2', undefined]]);
  view.hideSelf(false);
  change({ joined: [member(3)] });
  expect(view.tiles.value.map(({ isFloating }) => isFloating)).toEqual([false, false, false]);
});

test('a small frame shows who speaks, and oneself small in an upper corner', async () => {
  const stage = await stageOf(4);
  stage.view.resize({ width: 480, height: 270 }, 1);
  stage.speaks(3);
  expect(shown(stage)).toEqual(['camera-1', 'camera-3']);
  expect(stage.view.tiles.value[1]?.place).toEqual({ x: 0, y: 0, width: 480, height: 270 });
  expect(stage.view.tiles.value[0]?.place.y).toBeLessThan(40);
  stage.view.hideSelf(true);
  expect(shown(stage)).toEqual(['camera-3']);
  expect(stage.view.pages.value).toBe(1);
});

test('the speaker view follows the active speaker', async () => {
  const stage = await stageOf(4);
  stage.view.arrange('speaker');
  expect(stage.view.focused.value).toBe('camera-2');
  stage.speaks(3);
  expect(stage.view.focused.value).toBe('camera-3');
});

test('[3.4] the own tile and the last speaker’s tile exist from the start, with the names that they have', async () => {
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
  // A participant whom the page plays in a named tile keeps that name.
  await tiles.play(3, 'third');
  expect(names()[2]).toEqual(['big', 'third']);
});

test('[3.4] without automatic play the last speaker’s tile is shown if the page named it', async () => {
  const stage = await stageOf(3, { autoPlay: false });
  expect(shown(stage)).toEqual(['camera-1']);
  await stage.app.meeting.publish({ remoteTag: 'remote' });
  expect(shown(stage)).toEqual(['camera-1', 'camera-2']);
  stage.speaks(3);
  expect(shown(stage)).toEqual(['camera-1', 'camera-3']);
});

test('a pinned tile stays large for any active speaker, and is unpinned when its participant leaves', async () => {
  const { view, speaks, change, show } = await stageOf(4);
  view.togglePin('camera-4');
  speaks(2);
  expect(view.focused.value).toBe('camera-4');
  expect(show.mock.lastCall?.[1]).toBe(4);
  change({ left: [4] });
  expect(view.focused.value).toBeUndefined();
  expect(show.mock.lastCall?.[1]).toBeNull();
});

test('a shared screen is large by itself', async () => {
  const { view, change } = await stageOf(3);
  change({ changed: [member(2, { screen: 7 })] });
  expect(view.focused.value).toBe('screen-2');
});

test('the active speaker is on the stage even if there is no place for all tiles', async () => {
  const stage = await stageOf(40);
  expect(shown(stage)).toHaveLength(25);
  expect(shown(stage)).not.toContain('camera-40');
  stage.speaks(40);
  expect(shown(stage)).toContain('camera-40');
  expect(shown(stage)).toHaveLength(25);
});

test('videos that are not on the shown page are not received', async () => {
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

test('a page disappears when its participants leave', async () => {
  const stage = await stageOf(40);
  stage.view.nextPage.value?.();
  stage.change({ left: range(21, 40) });
  expect([stage.view.page.value, stage.view.pages.value]).toEqual([0, 1]);
  expect(shown(stage)).toHaveLength(20);
});

test('without automatic play only played participants are shown, and closed ones never', async () => {
  const stage = await stageOf(4, { autoPlay: false });
  expect(shown(stage)).toEqual(['camera-1']);
  await stage.tiles.play(3, 'video-3');
  expect(shown(stage)).toEqual(['camera-1', 'camera-3']);
  expect(stage.view.tiles.value[1]?.domId).toBe('video-3');
  await stage.tiles.closePlay(3);
  expect(shown(stage)).toEqual(['camera-1']);
});

test('muted participants are never shown as speaking', async () => {
  const { view, speaks, change } = await stageOf(3);
  speaks(null, [
    [2, -40],
    [3, -40],
  ]);
  change({ changed: [member(3, { client: { ...member(3).client, isMuted: true } })] });
  expect([...view.speaking.value]).toEqual([2]);
});

test('a microphone that was turned off while the connection is away is shown as off, of oneself only', async () => {
  const { view, app, server } = await stageOf(2);
  await app.meeting.mute(false);
  const muted = () => view.tiles.value.map(({ isMuted }) => isMuted);
  expect(muted()).toEqual([false, false]);
  server.answer('meeting.updateMute', () => new Promise(() => {}));
  server.tell('state', { state: 'reconnecting' });
  await app.meeting.mute(true);
  expect(muted()).toEqual([true, false]);
});

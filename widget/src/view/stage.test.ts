import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import { participant } from '../model/testing.ts';
import type { AppModel, Member } from '../model/types.ts';
import { StageView } from './stage.ts';

const member = (id: number, more: Partial<Member> = {}): Member => ({
  ...participant(id, { audio: true, video: true }),
  isSelf: id === 1,
  cameraStream: undefined,
  screenStream: undefined,
  ...more,
});

function stageOf(count: number) {
  const members = signal(Array.from({ length: count }, (_, index) => member(index + 1)));
  const activeSpeaker = signal<number | null>(null);
  const volumes = signal<ReadonlyMap<number, number>>(new Map());
  const named = signal<ReadonlyMap<string, number>>(new Map());
  const closed = signal<ReadonlySet<number>>(new Set());
  const autoPlay = signal(true);
  const show = vi.fn<AppModel['meeting']['show']>();
  const app = {
    autoPlay,
    meeting: { members, self: signal(members.peek()[0]), activeSpeaker, volumes, named, closed, show },
    devices: { microphoneOn: signal(false), microphoneLevel: signal(0) },
  } as unknown as AppModel;
  const view = new StageView(app);
  view.resize({ width: 1600, height: 900 }, 2);
  return { view, members, activeSpeaker, volumes, named, closed, autoPlay, show };
}

const shown = ({ view }: ReturnType<typeof stageOf>) => view.tiles.value.map(({ key }) => key);

test('asks for the pictures of the others only, in pixels of the screen', () => {
  const { show } = stageOf(2);
  expect(show).toHaveBeenLastCalledWith([{ clientId: 2, source: 'camera', maxSide: 1592 }], null);
});

test('does not ask again while nothing changes on the stage', () => {
  const { show, members, volumes } = stageOf(3);
  const before = show.mock.calls.length;
  volumes.value = new Map([[2, 0.9]]);
  members.value = [...members.value];
  expect(show).toHaveBeenCalledTimes(before);
});

test('the speaker view follows who speaks, through silence, and never shows oneself large', () => {
  const stage = stageOf(4);
  stage.view.toggleLayout();
  expect(stage.view.focused.value).toBe('camera-2');
  stage.activeSpeaker.value = 3;
  expect(stage.view.focused.value).toBe('camera-3');
  stage.activeSpeaker.value = null;
  expect(stage.view.focused.value).toBe('camera-3');
  stage.activeSpeaker.value = 1;
  expect(stage.view.focused.value).toBe('camera-3');
});

test('a pinned tile is large whoever speaks, and is given back when its person leaves', () => {
  const { view, activeSpeaker, members, show } = stageOf(4);
  view.togglePin('camera-4');
  activeSpeaker.value = 2;
  expect(view.focused.value).toBe('camera-4');
  expect(show.mock.lastCall?.[1]).toBe(4);
  members.value = members.value.slice(0, 3);
  expect(view.focused.value).toBeUndefined();
  expect(show.mock.lastCall?.[1]).toBeNull();
});

test('a screen that somebody shares is large by itself', () => {
  const { view, members } = stageOf(3);
  members.value = members.value.map((one) => (one.client.id === 2 ? { ...one, screen: true } : one));
  expect(view.focused.value).toBe('screen-2');
});

test('who speaks is on the stage even where there is no place for all', () => {
  const stage = stageOf(40);
  expect(shown(stage)).toHaveLength(25);
  expect(stage.view.hiddenCount.value).toBe(15);
  expect(shown(stage)).not.toContain('camera-40');
  stage.activeSpeaker.value = 40;
  expect(shown(stage)).toContain('camera-40');
  expect(shown(stage)).toHaveLength(25);
});

test('what is not on the page that is shown is not received', () => {
  const stage = stageOf(40);
  expect(stage.show.mock.lastCall?.[0]).toHaveLength(24);
  expect(stage.view.previousPage.value).toBeUndefined();
  stage.view.nextPage.value?.();
  expect(shown(stage)).toEqual(Array.from({ length: 15 }, (_, index) => `camera-${index + 26}`));
  expect(stage.show.mock.lastCall?.[0].map(({ clientId }) => clientId)).toEqual(
    Array.from({ length: 15 }, (_, index) => index + 26),
  );
  expect(stage.view.nextPage.value).toBeUndefined();
  stage.view.previousPage.value?.();
  expect(shown(stage)[0]).toBe('camera-1');
});

test('people who leave take their page with them', () => {
  const stage = stageOf(40);
  stage.view.nextPage.value?.();
  stage.members.value = stage.members.value.slice(0, 20);
  expect([stage.view.page.value, stage.view.pages.value]).toEqual([0, 1]);
  expect(shown(stage)).toHaveLength(20);
});

test('without automatic play only the named are shown, and the closed never', () => {
  const stage = stageOf(4);
  stage.autoPlay.value = false;
  expect(shown(stage)).toEqual(['camera-1']);
  stage.named.value = new Map([['video-3', 3]]);
  expect(shown(stage)).toEqual(['camera-1', 'camera-3']);
  expect(stage.view.tiles.value[1]?.domId).toBe('video-3');
  stage.closed.value = new Set([3]);
  expect(shown(stage)).toEqual(['camera-1']);
});

test('muted people never seem to speak', () => {
  const { view, members, volumes } = stageOf(3);
  volumes.value = new Map([
    [2, 0.5],
    [3, 0.5],
  ]);
  members.value = members.value.map((one) =>
    one.client.id === 3 ? { ...one, client: { ...one.client, isMuted: true } } : one,
  );
  expect([...view.speaking.value]).toEqual([2]);
});

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
  const voice = signal<number | undefined>(2);
  const voiceTag = signal<string | undefined>(undefined);
  const volumes = signal<ReadonlyMap<number, number>>(new Map());
  const named = signal<ReadonlyMap<string, number>>(new Map());
  const closed = signal<ReadonlySet<number>>(new Set());
  const autoPlay = signal(true);
  const show = vi.fn<AppModel['meeting']['show']>();
  const app = {
    autoPlay,
    meeting: { members, self: signal(members.peek()[0]), activeSpeaker, voice, voiceTag, volumes, named, closed, show },
    devices: { microphoneOn: signal(false), microphoneLevel: signal(0) },
  } as unknown as AppModel;
  const view = new StageView(app);
  view.resize({ width: 1600, height: 900 }, 2);
  return { view, members, activeSpeaker, voice, voiceTag, volumes, named, closed, autoPlay, show };
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

test('the speaker view follows who speaks', () => {
  const stage = stageOf(4);
  stage.view.toggleLayout();
  expect(stage.view.focused.value).toBe('camera-2');
  stage.voice.value = 3;
  expect(stage.view.focused.value).toBe('camera-3');
});

test('[3.4] the tile of one’s own and the voice-switched one exist from the start, under the names that they have', () => {
  const { view, voice, voiceTag, named } = stageOf(3);
  const names = () => view.tiles.value.map(({ role, domId }) => [role, domId]);
  expect(names()).toEqual([
    ['local', undefined],
    ['remote', undefined],
    [undefined, undefined],
  ]);
  voiceTag.value = 'big';
  voice.value = 3;
  named.value = new Map([['mine', 1]]);
  expect(names()).toEqual([
    ['local', 'mine'],
    [undefined, undefined],
    ['big', 'big'],
  ]);
  // Whom the page plays by name keeps that name.
  named.value = new Map([['third', 3]]);
  expect(names()[2]).toEqual(['big', 'third']);
});

test('[3.4] without automatic play the voice-switched tile is shown where the page asked for it', () => {
  const stage = stageOf(3);
  stage.autoPlay.value = false;
  expect(shown(stage)).toEqual(['camera-1']);
  stage.voiceTag.value = 'remote';
  expect(shown(stage)).toEqual(['camera-1', 'camera-2']);
  stage.voice.value = 3;
  expect(shown(stage)).toEqual(['camera-1', 'camera-3']);
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
  stage.voice.value = 40;
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

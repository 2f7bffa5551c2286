import type { HostEnd } from '@meetframe/contract';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FullApp } from '../model/screens.ts';
import { participant } from '../model/testing.ts';
import { watch } from './hostEvents.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The models as far as events are made of them, and what the page was told. */
const watched = () => {
  const member = (id: number) => ({ ...participant(id), isSelf: id === 1 });
  const model = {
    activeSpeaker: signal<number | null>(null),
    members: signal([member(1), member(2), member(3)]),
    poorNetwork: signal({ upload: false, download: false }),
    ended: signal<unknown>(undefined),
    connection: signal('connected'),
  };
  const nothing = signal(undefined);
  const app = {
    meeting: {
      ...model,
      ...{ self: nothing, room: signal(null), chat: signal([]), startedAt: signal(null) },
      ...{ localPublished: signal(false), muteNotice: nothing },
    },
    session: { connection: model.connection, user: signal(null), company: signal(null), clockOffset: signal(0) },
    devices: {
      ...{ devices: signal([]), cameraId: nothing, microphoneId: nothing, speakerId: nothing },
      ...{ microphoneOn: signal(false), microphoneTrack: nothing, cameraOn: signal(false), cameraTrack: nothing },
    },
    screen: signal('meeting'),
    problem: nothing,
  } as unknown as FullApp;
  const told: { at: number; name: string; payload: unknown }[] = [];
  const began = Date.now();
  const host = {
    state: () => {},
    event: (name: string, payload: unknown) => told.push({ at: Date.now() - began, name, payload }),
  } as unknown as HostEnd;
  return { ...model, told, stop: watch(app, host) };
};
const speakers = (told: { name: string; payload: unknown }[]) =>
  told
    .filter(({ name }) => name === 'memberTalking')
    .map(({ payload }) => (payload as { member: { id: number } }).member.id);

test('[3.48] memberTalking comes at once, four times a second at most, and ends with who talks last', () => {
  const { activeSpeaker, told, stop } = watched();
  activeSpeaker.value = 2;
  vi.advanceTimersByTime(1);
  expect(speakers(told)).toEqual([2]);
  for (let step = 0; step < 200; step++) {
    activeSpeaker.value = step % 3 ? 2 : 3;
    vi.advanceTimersByTime(10);
  }
  activeSpeaker.value = 3;
  vi.advanceTimersByTime(1000);
  const times = told.map(({ at }) => at);
  expect(times.length).toBeGreaterThan(4);
  for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(250);
  const ids = speakers(told);
  expect(ids.at(-1)).toBe(3);
  expect(ids.filter((id, index) => id === ids[index - 1])).toEqual([]);
  stop();
});

test('[3.48] who goes on talking is told once, and silence of nobody', () => {
  const { activeSpeaker, members, told, stop } = watched();
  activeSpeaker.value = 2;
  vi.advanceTimersByTime(5000);
  members.value = [...members.value];
  vi.advanceTimersByTime(5000);
  expect(speakers(told)).toEqual([2]);
  activeSpeaker.value = null;
  vi.advanceTimersByTime(5000);
  expect(speakers(told)).toEqual([2]);
  stop();
  activeSpeaker.value = 3;
  vi.advanceTimersByTime(5000);
  expect(speakers(told)).toEqual([2]);
});

test('[3.25] onLinkSlow comes when a direction gets poor, not while it stays so', () => {
  const { poorNetwork, told, stop } = watched();
  poorNetwork.value = { upload: true, download: false };
  poorNetwork.value = { upload: true, download: true };
  poorNetwork.value = { upload: false, download: true };
  poorNetwork.value = { upload: true, download: true };
  expect(told.map(({ name, payload }) => [name, (payload as { code: number }).code])).toEqual([
    ['onLinkSlow', 1001],
    ['onLinkSlow', 1002],
    ['onLinkSlow', 1001],
  ]);
  stop();
});

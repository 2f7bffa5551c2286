import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeTrack } from '../../media/testing.ts';
import { MutedTalk } from './mutedTalk.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const setUp = () => {
  const isWanted = signal(true);
  const spareMicrophone = signal<MediaStreamTrack | undefined>(fakeTrack('audio'));
  const kept: boolean[] = [];
  let report: ((level: number) => void) | undefined;
  const model = new MutedTalk({
    isWanted,
    spareMicrophone,
    keepMicrophoneOpen: (keeps) => kept.push(keeps),
    watch: (_, listener) => {
      report = listener;
      return () => {
        report = undefined;
      };
    },
  });
  /** Tenths of a second at this level. */
  const sound = (level: number, times: number) => {
    for (let time = 0; time < times; time++) report?.(level);
  };
  return { model, isWanted, spareMicrophone, kept, sound, isWatched: () => report !== undefined };
};

test('tells once a minute, and not of a cough', () => {
  const { model, sound } = setUp();
  sound(0.9, 4);
  sound(0, 15);
  expect(model.isTalking.value).toBe(false);
  sound(0.7, 7);
  expect(model.isTalking.value).toBe(true);
  vi.advanceTimersByTime(8000);
  expect(model.isTalking.value).toBe(false);
  sound(0.7, 20);
  expect(model.isTalking.value).toBe(false);
  vi.advanceTimersByTime(60_000);
  sound(0.7, 7);
  expect(model.isTalking.value).toBe(true);
});

test('who does not want to hear of it is told again only after muting again', () => {
  const { model, sound, spareMicrophone } = setUp();
  sound(0.7, 7);
  model.dismiss();
  vi.advanceTimersByTime(600_000);
  sound(0.7, 20);
  expect(model.isTalking.value).toBe(false);
  spareMicrophone.value = undefined;
  spareMicrophone.value = fakeTrack('audio');
  sound(0.7, 7);
  expect(model.isTalking.value).toBe(true);
  // Un-muted.
  spareMicrophone.value = undefined;
  expect(model.isTalking.value).toBe(false);
});

test('keeps the microphone open only while it is wanted, and releases it in the end', () => {
  const { model, isWanted, kept, isWatched } = setUp();
  expect(kept).toEqual([true]);
  isWanted.value = false;
  expect(kept.at(-1)).toBe(false);
  isWanted.value = true;
  model[Symbol.dispose]();
  expect(kept.at(-1)).toBe(false);
  expect(isWatched()).toBe(false);
});

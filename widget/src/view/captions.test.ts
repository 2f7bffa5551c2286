import { signal } from '@preact/signals';
import { afterEach, expect, test, vi } from 'vitest';
import type { SpokenLine } from '../model/meeting/transcription/transcript.ts';
import { author } from '../model/testing.ts';
import { CaptionsView } from './captions.ts';

afterEach(() => void vi.useRealTimers());

test('a caption stays as long as reading it takes; an unfinished one goes when nothing more comes', () => {
  vi.useFakeTimers();
  const line = (bg: string, text: string, isFinal = true): SpokenLine => ({
    ...{ bg, text, isFinal, client: author(2), changedAt: performance.now() },
  });
  const spoken = signal<readonly SpokenLine[]>([]);
  const { turns } = new CaptionsView({ spoken });
  const texts = () => turns.value.flatMap(({ lines }) => lines.map(({ text }) => text));
  const long = 'three '.repeat(10);
  spoken.value = [line('1', 'one', false), line('2', 'two'), line('3', long)];
  expect(texts()).toEqual(['two', long]);
  vi.advanceTimersByTime(3500);
  expect(texts()).toEqual(['one', long]);
  vi.advanceTimersByTime(1500);
  expect(texts()).toEqual(['one']);
  vi.advanceTimersByTime(3500);
  expect(texts()).toEqual([]);
});

test('the sentences of one participant are one turn until another one speaks', () => {
  const line = (bg: string, speaker: number): SpokenLine => ({
    ...{ bg, text: `sentence ${bg}`, isFinal: true, client: author(speaker), changedAt: performance.now() },
  });
  const spoken = signal<readonly SpokenLine[]>([line('1', 2), line('2', 2)]);
  const { turns } = new CaptionsView({ spoken });
  const shown = () => turns.value.map(({ speaker, lines }) => [speaker.id, ...lines.map(({ bg }) => bg)]);
  expect(shown()).toEqual([[2, '1', '2']]);
  spoken.value = [...spoken.value, line('3', 7)];
  expect(shown()).toEqual([
    [2, '2'],
    [7, '3'],
  ]);
});

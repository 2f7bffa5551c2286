import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { durationText } from './duration.ts';

/** The running time of a recording, for a view model: read twice a second while it runs. */
export const elapsedOf = (recording: { isRecording: ReadonlySignal<boolean>; elapsed: () => number }) => {
  const elapsed = signal(0);
  effect(() => {
    if (!recording.isRecording.value) return undefined;
    const read = (): void => {
      elapsed.value = recording.elapsed();
    };
    read();
    const timer = setInterval(read, 500);
    return () => clearInterval(timer);
  });
  return computed(() => durationText(elapsed.value));
};

import { computed, createModel, effect, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { formatDuration } from './clock.ts';

/** The recording on this device. */
export const LocalRecordView = createModel((app: AppModel) => {
  const { localRecord } = app.meeting;
  const elapsed = signal(0);
  effect(() => {
    if (!localRecord.isRecording.value) return undefined;
    const read = (): void => {
      elapsed.value = localRecord.elapsed();
    };
    read();
    const timer = setInterval(read, 500);
    return () => clearInterval(timer);
  });
  const settle = (work: Promise<unknown>): void => void work.catch(() => {});
  return {
    isSaving: localRecord.isSaving,
    recording: computed(() => {
      if (!localRecord.isRecording.value) return undefined;
      const isPaused = localRecord.isPaused.value;
      return {
        isPaused,
        duration: formatDuration(elapsed.value),
        toggle: () => (isPaused ? localRecord.resume() : localRecord.pause()),
        stop: () => settle(localRecord.stop()),
      };
    }),
  };
});

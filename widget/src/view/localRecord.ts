import { computed, createModel, effect, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { formatDuration } from './clock.ts';

/** The recording on this device, and what closed tabs left of earlier ones. */
export const LocalRecordView = createModel((app: AppModel) => {
  const { localRecord, capture } = app.meeting;
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
  // Not before the meeting is shown: nobody waits for it.
  effect(() => {
    const timer = setTimeout(() => settle(localRecord.lookForLeft()), 3000);
    return () => clearTimeout(timer);
  });
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
    /** The page wants to record, and the browser wants a click inside the frame. */
    request: computed(() => (capture.request.value?.use === 'record' ? capture.request.value : undefined)),
    /** The oldest recording that was left behind. */
    left: computed(() => {
      const [first] = localRecord.left.value;
      return (
        first && {
          startedAt: new Date(first.startedAt),
          save: () => settle(localRecord.saveLeft(first.id)),
          discard: () => settle(localRecord.discardLeft(first.id)),
        }
      );
    }),
  };
});

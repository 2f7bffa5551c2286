import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { elapsedOf } from './elapsed.ts';
import { settle } from './settle.ts';

/** What records, once it has been loaded. */
export type Recorders = NonNullable<AppModel['meeting']['recording']['recorders']['value']>;

/** The recordings that this device makes: on itself, and to the platform. */
export const RecordBarView = createModel(({ local: localRecord, toPlatform: screenRecord }: Recorders) => {
  const local = elapsedOf(localRecord);
  const toPlatform = elapsedOf(screenRecord);
  return {
    isSaving: localRecord.isSaving,
    local: computed(() => {
      if (!localRecord.isRecording.value) return undefined;
      const isPaused = localRecord.isPaused.value;
      return {
        isPaused,
        duration: local.value,
        toggle: () => (isPaused ? localRecord.resume() : localRecord.pause()),
        stop: () => settle(localRecord.stop()),
      };
    }),
    isSending: screenRecord.isSending,
    toPlatform: computed(() => {
      if (!screenRecord.isRecording.value) return undefined;
      return { duration: toPlatform.value, stop: () => settle(screenRecord.stop()) };
    }),
  };
});

import type { RTCPeerError } from '@meetframe/contract';
import { computed, createModel, signal } from '@preact/signals';
import type { Take } from '../../../media/recording/take.ts';
import type { Emit } from '../../events.ts';
import { createTaking, loadRecording, type TakingDeps } from './taking.ts';

/** A recording that a closed tab left behind. `startedAt` in milliseconds since 1970. */
export type Leftover = { id: string; fileName: string; startedAt: number };

/** Records the meeting on the user's own device. */
export const LocalRecord = createModel((deps: TakingDeps & { emit: Emit }) => {
  const { emit, report } = deps;
  const taking = createTaking<{ fileName: string; size: number }>(deps);
  const { take, isStarting, isEnding } = taking;
  const paused = signal<Take | undefined>(undefined);
  const isPaused = computed(() => take.value !== undefined && paused.value === take.value);
  const left = signal<readonly Leftover[]>([]);

  const start = (fileName: string): Promise<void> =>
    taking.start(async () => ({
      facts: { use: 'local', fileName },
      begun: () => emit('onLocalRecord', { type: 'startLocalRecord' }),
      finish: async (stored) => (await loadRecording()).save(stored),
      ended: () => emit('onLocalRecord', { type: 'stopLocalRecord' }),
    }));
  const find = async (id: string) =>
    (await (await loadRecording()).leftovers('local')).find(({ facts }) => facts.id === id);
  const forget = (id: string): void => {
    left.value = left.peek().filter((each) => each.id !== id);
  };
  return {
    isRecording: computed(() => take.value !== undefined),
    isPaused,
    isStarting,
    /** The file is being written. */
    isSaving: isEnding,
    elapsed: taking.elapsed,
    start,
    /** The same from the interface: errors are shown, except that the user cancelled. */
    begin: (fileName: string): Promise<void> =>
      start(fileName).catch((error: RTCPeerError) => {
        if (error.code !== 'PERMISSION_DENIED') report(error);
      }),
    stop: taking.stop,
    pause(): void {
      const current = taking.current();
      current.pause();
      if (!isPaused.peek()) emit('onLocalRecord', { type: 'pauseLocalRecord' });
      paused.value = current;
    },
    resume(): void {
      taking.current().resume();
      if (isPaused.peek()) emit('onLocalRecord', { type: 'resumeLocalRecord' });
      paused.value = undefined;
    },
    /** What closed tabs left behind, as last looked for. */
    left,
    async lookForLeft(): Promise<void> {
      const found = await (await loadRecording()).leftovers('local');
      left.value = found.map(({ facts: { id, fileName, startedAt } }) => ({ id, fileName, startedAt }));
    },
    async saveLeft(id: string): Promise<void> {
      const found = await find(id);
      if (found) await (await loadRecording()).save(found);
      forget(id);
    },
    async discardLeft(id: string): Promise<void> {
      await (await find(id))?.remove();
      forget(id);
    },
  };
});

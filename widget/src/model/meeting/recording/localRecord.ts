import { RTCPeerError } from '@meetframe/contract';
import { batch, computed, createModel, effect, signal } from '@preact/signals';
import type { Take } from '../../../media/recording/take.ts';
import type { Emit } from '../../events.ts';
import type { CaptureModel } from '../capture.ts';
import type { RosterModel } from '../roster.ts';
import type { SeatModel } from '../seat.ts';
import type { SoundsModel } from '../sounds.ts';

export type LocalRecordModel = InstanceType<typeof LocalRecord>;
/** A recording that a closed tab left behind. `startedAt` in milliseconds since 1970. */
export type Leftover = { id: string; fileName: string; startedAt: number };

/** The code that records: a chunk of its own. */
export const loadRecording = () => import('../../../media/recording/recording.ts');

/** Records the meeting on the user's own device. */
export const LocalRecord = createModel(
  (deps: {
    seat: SeatModel;
    roster: RosterModel;
    capture: CaptureModel;
    sounds: SoundsModel;
    emit: Emit;
    report: (error: RTCPeerError) => void;
  }) => {
    const { seat, roster, capture, sounds, emit } = deps;
    const take = signal<Take | undefined>(undefined);
    const isPaused = signal(false);
    const isStarting = signal(false);
    const isSaving = signal(false);
    const left = signal<readonly Leftover[]>([]);
    let saving: Promise<{ fileName: string; size: number }> | undefined;

    const none = () => new RTCPeerError('CONFLICT', 'Nothing is being recorded on this device.');
    const running = (): Take => {
      roster.ownClient();
      const found = take.peek();
      if (!found) throw none();
      return found;
    };
    const stop = (): Promise<{ fileName: string; size: number }> => {
      const found = take.peek();
      if (!found) return saving ?? Promise.reject(none());
      batch(() => {
        take.value = undefined;
        isPaused.value = false;
        isSaving.value = true;
      });
      saving = (async () => {
        try {
          await found.stop();
          return await (await loadRecording()).save(found.stored);
        } finally {
          found.release();
          batch(() => {
            isSaving.value = false;
            emit('onLocalRecord', { type: 'stopLocalRecord' });
          });
          saving = undefined;
        }
      })();
      return saving;
    };
    const stopByItself = (): void => {
      stop().catch((error: unknown) => deps.report(RTCPeerError.from(error)));
    };

    const begin = async (fileName: string): Promise<void> => {
      const here = seat.here();
      const { requireRecording, startTake } = await loadRecording();
      requireRecording();
      const display = await capture.open('record');
      try {
        if (!here()) throw new RTCPeerError('NOT_IN_MEETING', 'The meeting was left meanwhile.');
        const started = await startTake({
          display,
          facts: { id: crypto.randomUUID(), use: 'local', fileName, startedAt: Date.now() },
          ended: stopByItself,
          failed: (error) => {
            if (take.peek() !== started) return;
            stopByItself();
            deps.report(new RTCPeerError('STORAGE_FULL', 'The recording fills this device.', undefined, error));
          },
        });
        batch(() => {
          take.value = started;
          emit('onLocalRecord', { type: 'startLocalRecord' });
        });
        if (!here()) stopByItself();
      } catch (error) {
        for (const track of display.getTracks()) track.stop();
        throw error;
      }
    };

    seat.follow({
      left() {
        // A page that is being closed has no time to make the file: the pieces are offered at the next visit.
        if (take.peek()?.isClosing() === false) stopByItself();
      },
    });
    effect(() => take.value?.setSounds(sounds.all.value));

    const start = async (fileName: string): Promise<void> => {
      roster.ownClient();
      if (take.peek() || isStarting.peek() || isSaving.peek())
        throw new RTCPeerError('CONFLICT', 'This device is recording already.');
      isStarting.value = true;
      try {
        await begin(fileName);
      } finally {
        isStarting.value = false;
      }
    };

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
      isSaving,
      /** Milliseconds that were recorded until now. */
      elapsed: (): number => take.peek()?.elapsed() ?? 0,
      start,
      /** The same from the interface: errors are shown, except that the user cancelled. */
      begin: (fileName: string): Promise<void> =>
        start(fileName).catch((error: RTCPeerError) => {
          if (error.code !== 'PERMISSION_DENIED') deps.report(error);
        }),
      async stop(): Promise<{ fileName: string; size: number }> {
        roster.ownClient();
        return await stop();
      },
      pause(): void {
        running().pause();
        if (!isPaused.peek()) emit('onLocalRecord', { type: 'pauseLocalRecord' });
        isPaused.value = true;
      },
      resume(): void {
        running().resume();
        if (isPaused.peek()) emit('onLocalRecord', { type: 'resumeLocalRecord' });
        isPaused.value = false;
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
  },
);

import { RTCPeerError } from '@meetframe/contract';
import { batch, computed, effect, signal } from '@preact/signals';
import type { Facts, Stored } from '../../../media/recording/stored.ts';
import type { Take } from '../../../media/recording/take.ts';
import type { CaptureModel } from '../capture.ts';
import type { RosterModel } from '../roster.ts';
import type { SeatModel } from '../seat.ts';
import { type AudioSources, audioTracksOf } from './audioTracks.ts';

/** The code that records: a chunk of its own. */
export const loadRecording = () => import('../../../media/recording/recording.ts');

export type TakingDeps = AudioSources & {
  seat: SeatModel;
  roster: RosterModel;
  capture: CaptureModel;
  report: (error: RTCPeerError) => void;
};
/** What a recording is used for: it is saved on the device, or uploaded. */
export type Purpose<Result> = {
  facts: Pick<Facts, 'use' | 'fileName' | 'record'>;
  /** It records from now on. */
  begun?(): void;
  /** A piece is on the device. */
  added?: () => void;
  /** Saves or uploads the pieces once all of them are on the device. */
  finish(stored: Stored): Promise<Result>;
  /** Called last, whether that succeeded or not. */
  ended?(): void;
};

/** Records the meeting in this browser, one recording at a time, until it is stopped, the meeting is left or the device is full. */
export const createTaking = <Result>(deps: TakingDeps) => {
  const { seat, roster, capture, report } = deps;
  const audioTracks = audioTracksOf(deps);
  const running = signal<{ take: Take; purpose: Purpose<Result> } | undefined>(undefined);
  const isStarting = signal(false);
  const isEnding = signal(false);
  let ending: Promise<Result> | undefined;

  const none = () => new RTCPeerError('CONFLICT', 'Nothing is being recorded on this device.');
  const stop = (): Promise<Result> => {
    const found = running.peek();
    if (!found) return ending ?? Promise.reject(none());
    const { take, purpose } = found;
    batch(() => {
      running.value = undefined;
      isEnding.value = true;
    });
    ending = (async () => {
      try {
        await take.stop();
        return await purpose.finish(take.stored);
      } finally {
        take.release();
        batch(() => {
          isEnding.value = false;
          purpose.ended?.();
        });
        ending = undefined;
      }
    })();
    return ending;
  };
  const stopByItself = (): void => {
    stop().catch((error: unknown) => report(RTCPeerError.from(error)));
  };

  /** `prepare` is called once the user has chosen the screen, and may read what is on the device afterwards. */
  const begin = async (prepare: (stored: () => Stored) => Promise<Purpose<Result>>): Promise<void> => {
    const here = seat.here();
    const { requireRecording, startTake } = await loadRecording();
    requireRecording();
    const display = await capture.open('record');
    try {
      if (!here()) throw new RTCPeerError('NOT_IN_MEETING', 'The meeting was left meanwhile.');
      const purpose = await prepare(() => take.stored);
      const take: Take = await startTake({
        display,
        facts: { id: crypto.randomUUID(), startedAt: Date.now(), ...purpose.facts },
        ended: stopByItself,
        ...(purpose.added && { added: purpose.added }),
        failed: (error) => {
          if (running.peek()?.take !== take) return;
          stopByItself();
          report(new RTCPeerError('STORAGE_FULL', 'The recording fills this device.', undefined, error));
        },
      });
      batch(() => {
        running.value = { take, purpose };
        purpose.begun?.();
      });
      if (!here()) stopByItself();
    } catch (error) {
      for (const track of display.getTracks()) track.stop();
      throw error;
    }
  };

  seat.follow({
    left() {
      // A page that is being closed has no time: the rest is saved or sent at the next visit.
      if (running.peek()?.take.isClosing() === false) stopByItself();
    },
  });
  effect(() => running.value?.take.setSounds(audioTracks.value));

  return {
    take: computed(() => running.value?.take),
    isStarting,
    /** The recording has ended, and is being saved or sent. */
    isEnding,
    /** Milliseconds that were recorded until now. */
    elapsed: (): number => running.peek()?.take.elapsed() ?? 0,
    /** The recording that runs. Throws when there is none. */
    current(): Take {
      roster.ownClient();
      const found = running.peek();
      if (!found) throw none();
      return found.take;
    },
    async start(prepare: Parameters<typeof begin>[0]): Promise<void> {
      roster.ownClient();
      if (running.peek() || isStarting.peek() || isEnding.peek())
        throw new RTCPeerError('CONFLICT', 'This device is recording already.');
      isStarting.value = true;
      try {
        await begin(prepare);
      } finally {
        isStarting.value = false;
      }
    },
    async stop(): Promise<Result> {
      roster.ownClient();
      return await stop();
    },
  };
};

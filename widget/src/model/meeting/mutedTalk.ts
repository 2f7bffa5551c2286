import { createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import { watchLevel } from '../../media/level.ts';

/** From this level on, 0 to 1, the audio counts as speech to this microphone. */
const speech = 0.4;
/** How many of the last fifteen tenths of a second must contain speech, so that a cough or a click does not count. */
const [voiced, span] = [7, 15];
/** A hint is shown so long, and the next one comes no sooner, in milliseconds. */
const [shownFor, again] = [8000, 60_000];

/**
 * Notices that the user speaks while the microphone is off. For that the device stays open, of which nothing is sent; a
 * microphone that was never on in this meeting is not opened.
 */
export const MutedTalk = createModel(
  (deps: {
    isWanted: ReadonlySignal<boolean>;
    /** The microphone that is off, while it is open. */
    spareMicrophone: ReadonlySignal<MediaStreamTrack | undefined>;
    keepMicrophoneOpen: (keeps: boolean) => void;
    watch?: typeof watchLevel;
  }) => {
    const { isWanted, spareMicrophone, keepMicrophoneOpen, watch = watchLevel } = deps;
    const isTalking = signal(false);
    let isDismissed = false;
    let toldAt = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = (): void => {
      clearTimeout(timer);
      isTalking.value = false;
    };
    const tell = (): void => {
      const now = Date.now();
      if (isDismissed || now - toldAt < again) return;
      toldAt = now;
      isTalking.value = true;
      timer = setTimeout(hide, shownFor);
    };

    effect(() => {
      keepMicrophoneOpen(isWanted.value);
      return () => keepMicrophoneOpen(false);
    });
    effect(() => {
      const track = spareMicrophone.value;
      if (!track) return undefined;
      isDismissed = false;
      let last: boolean[] = [];
      const stop = watch(track, (level) => {
        last = [...last, level > speech].slice(-span);
        if (last.filter(Boolean).length >= voiced) {
          last = [];
          tell();
        }
      });
      return () => {
        stop();
        hide();
      };
    });
    effect(() => hide);

    return {
      isTalking,
      /** Until the microphone is turned off the next time. */
      dismiss(): void {
        isDismissed = true;
        hide();
      },
    };
  },
);

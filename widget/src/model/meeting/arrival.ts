import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { SeatModel } from './seat.ts';
import type { StreamsModel } from './streams.ts';

/** Milliseconds that the first picture may take until everything else goes on. */
export const pictureWithin = 1000;

/**
 * Whether a meeting is being entered, up to its first picture. What is not needed for that picture waits: it would be loaded in the
 * same moments, and the picture would come later. `page` is the document, whose videos are heard of.
 */
export const Arrival = createModel(
  (deps: { seat: SeatModel; streams: StreamsModel; entering: ReadonlySignal<boolean>; page: EventTarget }) => {
    const isAwaited = signal(false);
    const underWay = computed(() => deps.entering.value || isAwaited.value);
    const end = (): void => {
      isAwaited.value = false;
    };
    deps.seat.follow({
      taken({ more }, before) {
        if (before === null) isAwaited.value = more.some(({ video, screen }) => video || screen);
      },
      left: end,
    });
    effect(() => {
      if (!isAwaited.value) return undefined;
      const timer = setTimeout(end, pictureWithin);
      const look = ({ target }: Event): void => {
        const video = target as HTMLVideoElement;
        if (!deps.streams.isReceived(video.srcObject)) return;
        // The picture is decoded, but not drawn yet. Older browsers do not tell when it is.
        if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(() => setTimeout(end));
        else end();
      };
      deps.page.addEventListener('loadeddata', look, true);
      return () => {
        clearTimeout(timer);
        deps.page.removeEventListener('loadeddata', look, true);
      };
    });
    return { underWay };
  },
);

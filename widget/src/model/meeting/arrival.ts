import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { SeatModel } from './seat.ts';
import type { StreamsModel } from './streams.ts';

/** How long other loading waits for the first video frame, in milliseconds. */
export const pictureWithin = 1000;

/**
 * Whether a meeting is being entered, up to its first video frame. Code that is not needed for that frame is loaded later, so that it
 * does not delay the frame. `page` is the document, whose `loadeddata` events of videos are observed.
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
        // The frame is decoded, but not drawn yet. Older browsers do not tell when it is drawn.
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

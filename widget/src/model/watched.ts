import { type ReadonlySignal, signal } from '@preact/signals';

/** A glance at another tab costs nothing: so long a tab may be hidden before pictures stop, in milliseconds. */
export const glance = 10_000;

/**
 * Whether anybody can look at the page: false once it has been hidden for a while, true again at once. `page` is the
 * document; in a frame, its visibility is that of the whole tab.
 */
export const createWatched = (page: Document): { isWatched: ReadonlySignal<boolean>; dispose: () => void } => {
  const isWatched = signal(true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(timer);
    if (page.visibilityState === 'visible') isWatched.value = true;
    else
      timer = setTimeout(() => {
        isWatched.value = false;
      }, glance);
  };
  page.addEventListener('visibilitychange', look);
  look();
  return {
    isWatched,
    dispose() {
      clearTimeout(timer);
      page.removeEventListener('visibilitychange', look);
    },
  };
};

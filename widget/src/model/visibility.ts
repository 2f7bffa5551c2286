import { createModel, effect, signal } from '@preact/signals';

/** So long a page may be hidden before it counts as that, in milliseconds: a short look at another tab interrupts no video. */
export const hiddenAfter = 10_000;

/** Whether the page can be seen. `page` is the document; in a frame, its visibility is that of the whole tab. */
export const Visibility = createModel((page: Document) => {
  const isVisible = signal(true);
  effect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      if (page.visibilityState === 'visible') isVisible.value = true;
      else
        timer = setTimeout(() => {
          isVisible.value = false;
        }, hiddenAfter);
    };
    page.addEventListener('visibilitychange', look);
    look();
    return () => {
      clearTimeout(timer);
      page.removeEventListener('visibilitychange', look);
    };
  });
  return { isVisible };
});

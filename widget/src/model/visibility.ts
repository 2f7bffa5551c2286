import { createModel, effect, signal } from '@preact/signals';

/**
 * Milliseconds after which a hidden tab counts as hidden: a short look at another tab must not interrupt the videos.
 */
export const hiddenAfter = 10_000;

/** Whether the page can be seen. `page` is the document; in a frame, its visibility is that of the whole tab. */
export const Visibility = createModel((page: Document) => {
  const isVisible = signal(true);
  effect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const update = (): void => {
      clearTimeout(timer);
      if (page.visibilityState === 'visible') isVisible.value = true;
      else
        timer = setTimeout(() => {
          isVisible.value = false;
        }, hiddenAfter);
    };
    page.addEventListener('visibilitychange', update);
    update();
    return () => {
      clearTimeout(timer);
      page.removeEventListener('visibilitychange', update);
    };
  });
  return { isVisible };
});

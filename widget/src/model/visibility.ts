import { createModel, effect, signal } from '@preact/signals';

/**
 * Milliseconds after which a hidden page counts as hidden: a short look at another tab must not interrupt the videos.
 */
export const hiddenAfter = 10_000;

/**
 * Tells whether the page has a layout: a frame with `display: none` has none, while its tab can be seen. Returns a function
 * that stops.
 */
const watchLayout = (page: Document, tell: (hasLayout: boolean) => void): (() => void) => {
  if (typeof IntersectionObserver === 'undefined') return () => {};
  const observer = new IntersectionObserver((entries) => tell((entries.at(-1)?.boundingClientRect.width ?? 1) > 0));
  observer.observe(page.documentElement);
  return () => observer.disconnect();
};

/** Whether the page can be seen. `page` is the document; in a frame, its own visibility is that of the whole tab. */
export const Visibility = createModel((page: Document, watch: typeof watchLayout = watchLayout) => {
  const isVisible = signal(true);
  effect(() => {
    let hasLayout = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const update = (): void => {
      clearTimeout(timer);
      if (page.visibilityState === 'visible' && hasLayout) isVisible.value = true;
      else
        timer = setTimeout(() => {
          isVisible.value = false;
        }, hiddenAfter);
    };
    page.addEventListener('visibilitychange', update);
    const stop = watch(page, (has) => {
      if (has === hasLayout) return;
      hasLayout = has;
      update();
    });
    update();
    return () => {
      clearTimeout(timer);
      page.removeEventListener('visibilitychange', update);
      stop();
    };
  });
  return { isVisible };
});

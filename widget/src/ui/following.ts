import { useLayoutEffect, useRef } from 'preact/hooks';

/** Distance from the end, in CSS pixels, within which a list scrolls to what is new. */
const following = 80;

/** A list that stays at its end, also when it gets smaller, unless the user has scrolled up. `toEnd` is called by what adds something. */
export function useFollowing() {
  const list = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const toEnd = (): void => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    // The keyboard of a phone takes the place of the end.
    const observer = new ResizeObserver(() => isFollowing.current && toEnd());
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return {
    list,
    isFollowing,
    toEnd,
    scrolled(): void {
      const element = list.current;
      if (element) isFollowing.current = element.scrollHeight - element.scrollTop - element.clientHeight < following;
    },
  };
}

import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Where a pointer cannot hover, a tap beside its buttons shows those of a tile, and hides those of the others. */
export const useTap = (element: RefObject<HTMLElement | null>) =>
  useEffect(() => {
    const area = element.current;
    const tap = ({ target }: Event) => {
      const on = target as Element;
      if (on.closest('button, [popover]')) return;
      const tile = on.closest('article');
      for (const each of area?.querySelectorAll('article') ?? [])
        each.toggleAttribute('data-tapped', each === tile && !each.hasAttribute('data-tapped'));
    };
    area?.addEventListener('click', tap);
    return () => area?.removeEventListener('click', tap);
  }, [element]);

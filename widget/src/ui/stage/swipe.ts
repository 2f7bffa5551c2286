import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Calls `turn` with 1 when a finger swipes to the left, as to the next page, and with -1 to the right. */
export const useSwipe = (element: RefObject<HTMLElement | null>, turn: (by: 1 | -1) => void) =>
  useEffect(() => {
    const area = element.current;
    if (!area) return undefined;
    let from: Touch | undefined;
    const begin = ({ touches }: TouchEvent) => {
      from = touches.length === 1 ? touches[0] : undefined;
    };
    const finish = ({ changedTouches: [to] }: TouchEvent) => {
      if (!from || !to) return;
      const [x, y] = [to.clientX - from.clientX, to.clientY - from.clientY];
      from = undefined;
      if (Math.abs(x) > 48 && Math.abs(x) > 2 * Math.abs(y)) turn(x < 0 ? 1 : -1);
    };
    area.addEventListener('touchstart', begin, { passive: true });
    area.addEventListener('touchend', finish, { passive: true });
    return () => {
      area.removeEventListener('touchstart', begin);
      area.removeEventListener('touchend', finish);
    };
  }, [element, turn]);

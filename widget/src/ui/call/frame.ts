import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { CallScreensModel, FrameView } from '../../model/callScreens.ts';

/** Widths of a card and of the small card of a call, in CSS pixels, where the page has that much. */
const cardWidth = 360;
const smallWidth = (): number => Math.min(300, Math.max(208, screen.width * 0.6));

/** Tells the page how much of it the frame needs; of a card, as high as the element is. */
export const useFrame = (
  element: RefObject<HTMLElement | null>,
  view: FrameView,
  isSmall: boolean,
  want: CallScreensModel['wantFrame'],
): void =>
  useEffect(() => {
    const card = element.current;
    if (view !== 'card' || !card) {
      want(view);
      return undefined;
    }
    const measure = () =>
      want('card', isSmall ? smallWidth() : cardWidth, Math.ceil(card.getBoundingClientRect().height));
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(card);
    return () => observer.disconnect();
  }, [view, isSmall]);

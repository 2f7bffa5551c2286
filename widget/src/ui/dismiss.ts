import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * Closes what a button has opened, such as a menu: by Escape, which gives the focus back to the button, and by any click
 * but one on the button itself: beside it, or on an item after its action.
 */
export const useDismiss = (isOpen: Signal<boolean>, button: RefObject<HTMLElement | null>): void =>
  useEffect(() => {
    const close = () => {
      isOpen.value = false;
    };
    const leave = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape' || !isOpen.peek()) return;
      close();
      button.current?.focus();
    };
    const act = ({ target }: Event) => {
      if (!(target instanceof Node && button.current?.contains(target))) close();
    };
    document.addEventListener('click', act);
    document.addEventListener('keydown', leave);
    return () => {
      document.removeEventListener('click', act);
      document.removeEventListener('keydown', leave);
    };
  }, [isOpen, button]);

import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { focusBack } from './focusBack.ts';

/**
 * Closes what a button has opened, such as a menu: on Escape, and on any click except on the button itself. A click on an
 * item closes it after the item's action. For keyboard users the focus returns to the button.
 */
export const useDismiss = (isOpen: Signal<boolean>, button: RefObject<HTMLElement | null>): void =>
  useEffect(() => {
    const close = () => {
      isOpen.value = false;
    };
    const goBack = () => focusBack(button.current);
    const leave = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape' || !isOpen.peek()) return;
      close();
      goBack();
    };
    const act = ({ target, detail }: MouseEvent) => {
      if (!isOpen.peek() || (target instanceof Node && button.current?.contains(target))) return;
      close();
      // An item that was pressed by keyboard is gone then, and the focus with it, unless the action moved it.
      if (detail === 0)
        setTimeout(() => {
          if (document.activeElement === document.body) goBack();
        });
    };
    document.addEventListener('click', act);
    document.addEventListener('keydown', leave);
    return () => {
      document.removeEventListener('click', act);
      document.removeEventListener('keydown', leave);
    };
  }, [isOpen, button]);

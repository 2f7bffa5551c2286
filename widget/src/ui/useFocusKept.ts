import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { focusBack } from './focusBack.ts';

/**
 * For a region whose parts come and go, such as notices: when the part with the focus goes, the focus goes to the next one with a button,
 * and after the last to where it came from. It rests on the part, not on its button: the key that dismissed one must not answer the next.
 */
export function useFocusKept(region: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = region.current;
    if (!element) return undefined;
    let focused: Element | undefined;
    let before: EventTarget | null = null;
    const enter = ({ target, relatedTarget }: FocusEvent): void => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) before = relatedTarget;
      focused = target as Element;
    };
    const leave = ({ target }: FocusEvent): void => {
      // What is still there then has lost the focus to something else.
      setTimeout(() => {
        if (target === focused && focused?.isConnected && document.activeElement !== focused) focused = undefined;
      });
    };
    const observer = new MutationObserver((changes) => {
      const gone = focused;
      if (!gone || gone.isConnected) return;
      focused = undefined;
      if (document.activeElement !== document.body) return;
      const after = changes.find(({ removedNodes }) =>
        [...removedNodes].some((node) => node.contains(gone)),
      )?.nextSibling;
      const parts = [...element.children].filter((part) => part.querySelector('button'));
      const next = parts.find((part) => part === after) ?? parts[0];
      if (!(next instanceof HTMLElement)) return focusBack(before as Element | null);
      next.tabIndex = -1;
      next.focus();
    });
    observer.observe(element, { childList: true, subtree: true });
    element.addEventListener('focusin', enter);
    element.addEventListener('focusout', leave);
    return () => {
      observer.disconnect();
      element.removeEventListener('focusin', enter);
      element.removeEventListener('focusout', leave);
    };
  }, [region]);
}

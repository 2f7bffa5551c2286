import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import styles from './Menu.module.css';

type Props = {
  /** Accessible name of the button, where it shows only an icon. */
  label?: string | undefined;
  testId: string;
  class?: string | undefined;
  /** What the button shows. */
  face: ComponentChildren;
  /** What opens. `close` closes it and returns the focus to the button. */
  children: (close: () => void) => ComponentChildren;
};

/** Distance to the edge of the window, in CSS pixels. */
const margin = 8;

/** A button and what it opens beside itself, in the top layer, so that no scrolling list cuts it off. */
export function Popover({ label, testId, class: className, face, children }: Props) {
  const id = useId();
  const isOpen = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  function place(): void {
    const [at, own] = [button.current?.getBoundingClientRect(), list.current];
    if (!at || !own) return;
    const { offsetWidth: width, offsetHeight: height } = own;
    const below = at.bottom + 4;
    const isAbove = below + height + margin > innerHeight && at.top - 4 - height > margin;
    const left = Math.min(Math.max(margin, at.right - width), innerWidth - width - margin);
    own.style.left = `${at.left + width + margin < innerWidth && at.left < innerWidth / 3 ? at.left : left}px`;
    own.style.top = `${isAbove ? at.top - 4 - height : Math.max(margin, Math.min(below, innerHeight - height - margin))}px`;
  }

  useEffect(() => {
    if (!isOpen.value) return undefined;
    const close = () => list.current?.hidePopover();
    // Scrolling would move the button away from what it opened.
    const scrolled = ({ target }: Event) => {
      if (target instanceof Node && target.contains(button.current)) close();
    };
    // What it contains may unfold.
    const observer = new ResizeObserver(place);
    if (list.current) observer.observe(list.current);
    addEventListener('scroll', scrolled, { capture: true, passive: true });
    addEventListener('resize', close);
    return () => {
      observer.disconnect();
      removeEventListener('scroll', scrolled, { capture: true });
      removeEventListener('resize', close);
    };
  }, [isOpen.value]);

  return (
    <>
      <button
        ref={button}
        type="button"
        class={className}
        popovertarget={id}
        aria-expanded={isOpen.value}
        aria-label={label}
        title={label}
        data-testid={testId}
      >
        {face}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        class={styles.menu}
        onBeforeToggle={(event) => {
          // The focused element inside is removed before the browser could return the focus.
          if (event.newState === 'closed' && list.current?.contains(document.activeElement)) button.current?.focus();
          isOpen.value = event.newState === 'open';
        }}
        // By now the content is rendered and has a size.
        onToggle={(event) => event.newState === 'open' && place()}
      >
        {isOpen.value &&
          children(() => {
            list.current?.hidePopover();
            // A dialog that opens next returns the focus to the element that has it now.
            button.current?.focus();
          })}
      </div>
    </>
  );
}

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Icon } from '../../ui/icons.tsx';
import styles from './Menu.module.css';

export type MenuItem = { label: string; icon: Icon; testId: string; isGrave?: boolean; run: () => void };

type Props = {
  /** Accessible name of the menu, where its button shows only an icon. */
  label?: string | undefined;
  testId: string;
  class?: string | undefined;
  /** What the button shows. */
  face: ComponentChildren;
  /** Above the items. */
  head?: ComponentChildren;
  items: readonly MenuItem[];
};

/** Distance to the edge of the window, in CSS pixels. */
const margin = 8;

/** A button and its menu, which is in the top layer so that no scrolling list cuts it off. */
export function Menu({ label, testId, class: className = '', face, head, items }: Props) {
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
    own.style.top = `${isAbove ? at.top - 4 - height : Math.min(below, innerHeight - height - margin)}px`;
  }

  useEffect(() => {
    if (!isOpen.value) return undefined;
    const close = () => list.current?.hidePopover();
    // Scrolling would move the button away from the menu.
    addEventListener('scroll', close, { capture: true, passive: true });
    addEventListener('resize', close);
    return () => {
      removeEventListener('scroll', close, { capture: true });
      removeEventListener('resize', close);
    };
  }, [isOpen.value]);

  return (
    <>
      <button
        ref={button}
        type="button"
        class={`${styles.button} ${className}`}
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
          isOpen.value = event.newState === 'open';
        }}
        // By now the items are rendered and have a size.
        onToggle={(event) => event.newState === 'open' && place()}
      >
        {isOpen.value && head}
        <ul class={styles.items}>
          {(isOpen.value ? items : []).map((item) => (
            <li key={item.testId}>
              <button
                type="button"
                class={`${styles.item} ${item.isGrave ? styles.grave : ''}`}
                data-testid={item.testId}
                onClick={() => {
                  list.current?.hidePopover();
                  // A dialog that this item opens returns the focus to the element that has it now.
                  button.current?.focus();
                  item.run();
                }}
              >
                <item.icon />
                {item.label}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

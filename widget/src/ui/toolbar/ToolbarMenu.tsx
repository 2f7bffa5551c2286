import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { itemsOf, moveInMenu } from '../controls/MenuItem.tsx';
import { focusBack } from '../focusBack.ts';
import styles from './ToolbarMenu.module.css';

type Props = {
  /** Which `opener` opens it. */
  id: string;
  label: string;
  children: (close: () => void) => ComponentChildren;
};

/** A menu that a button in the toolbar opens, in the top layer: in a narrow frame the button is in a menu that closes. */
export function ToolbarMenu({ id, label, children }: Props) {
  const isOpen = useSignal(false);
  const menu = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={menu}
      id={id}
      popover="auto"
      class={styles.menu}
      data-theme="dark"
      role="menu"
      aria-label={label}
      // Wherever it is mounted, it is not news.
      aria-live="off"
      data-testid={id}
      onKeyDown={moveInMenu}
      onBeforeToggle={(event) => {
        if (event.newState === 'open') isOpen.value = true;
      }}
      onToggle={(event) => {
        if (event.newState === 'open') return itemsOf(menu.current)[0]?.focus();
        // Not before: the browser gives the focus back from an item that is still there.
        isOpen.value = false;
        const focused = document.activeElement;
        // Where the button has gone with its menu, the focus goes to the button of that menu.
        if (focused === document.body || menu.current?.contains(focused)) focusBack(undefined);
      }}
    >
      {isOpen.value && children(() => menu.current?.hidePopover())}
    </div>
  );
}

/** A line of text in a menu. */
export function MenuText({ children }: { children: ComponentChildren }) {
  return (
    <p class={styles.text} role="none">
      {children}
    </p>
  );
}

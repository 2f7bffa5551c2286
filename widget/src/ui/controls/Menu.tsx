import type { ComponentChildren } from 'preact';
import type { Icon } from '../icons.tsx';
import styles from './Menu.module.css';
import { Popover } from './Popover.tsx';

export type MenuItem = { label: string; icon: Icon; testId: string; isGrave?: boolean; run: () => void };

type Props = {
  /** Accessible name of the menu, where its button shows only an icon. */
  label?: string | undefined;
  testId: string;
  class?: string | undefined;
  /** The button has only the look of its class. */
  isPlain?: boolean;
  /** What the button shows. */
  face: ComponentChildren;
  /** Above the items. */
  head?: ComponentChildren;
  items: readonly MenuItem[];
};

/** A button and its menu. */
export function Menu({ label, testId, class: className = '', isPlain = false, face, head, items }: Props) {
  return (
    <Popover label={label} testId={testId} class={isPlain ? className : `${styles.button} ${className}`} face={face}>
      {(close) => (
        <>
          {head}
          <ul class={styles.items}>
            {items.map((item) => (
              <li key={item.testId}>
                <button
                  type="button"
                  class={`${styles.item} ${item.isGrave ? styles.grave : ''}`}
                  data-testid={item.testId}
                  onClick={() => {
                    close();
                    item.run();
                  }}
                >
                  <item.icon />
                  {item.label}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Popover>
  );
}

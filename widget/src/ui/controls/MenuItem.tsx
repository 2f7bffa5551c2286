import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';
import type { Icon } from '../icons.tsx';
import { CheckIcon } from '../panelIcons.tsx';
import styles from './Menu.module.css';

/** The items of an element with the role `menu`. */
export const itemsOf = (menu: Element | null): HTMLElement[] => [
  ...(menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []),
];

/** Arrow keys, Home and End lead from item to item: `onKeyDown` of a menu. */
export const moveInMenu = (event: TargetedKeyboardEvent<HTMLElement>): void => {
  const all = itemsOf(event.currentTarget);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  all.at(next % all.length)?.focus();
};

type Props = {
  icon?: Icon;
  testId: string;
  /** Of something that is chosen or not; without it the item only does something. */
  isChosen?: boolean;
  /** One of several, of which one is chosen. */
  isOneOf?: boolean;
  run: () => void;
  children: ComponentChildren;
};

/** An item of a menu, with a check mark where it is chosen. */
export function MenuItem({ icon: Icon, testId, isChosen, isOneOf = false, run, children }: Props) {
  const role = isChosen === undefined ? 'menuitem' : isOneOf ? 'menuitemradio' : 'menuitemcheckbox';
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a plain item has no `isChosen`.
    <button type="button" role={role} aria-checked={isChosen} class={styles.item} data-testid={testId} onClick={run}>
      {Icon && <Icon />}
      <span class={styles.label}>{children}</span>
      {isChosen && <CheckIcon />}
    </button>
  );
}

export const MenuLine = () => <hr class={styles.line} />;

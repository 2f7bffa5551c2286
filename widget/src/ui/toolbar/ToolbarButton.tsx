import type { JSX, RefObject } from 'preact';
import { buttonClass, type Look } from './buttonClass.ts';
import bar from './Toolbar.module.css';
import styles from './ToolbarButton.module.css';

type Props = {
  testId: string;
  icon: JSX.Element;
  label: string;
  /** Accessible name, where the label does not contain everything. */
  name?: string | undefined;
  tooltip?: string;
  badge?: number | undefined;
  isBadgeNews?: boolean;
  isPressed?: boolean;
  isWarning?: boolean;
  /** Of a button that opens a menu. */
  isExpanded?: boolean | undefined;
  /** Id of the popover that it opens. */
  opens?: string;
  buttonRef?: RefObject<HTMLButtonElement | null> | undefined;
  look?: Look;
  /** Absent: the action is not possible now. */
  onClick?: (() => void) | undefined;
};

const mostOfBadge = 99;

export function ToolbarButton(props: Props) {
  const {
    testId,
    icon,
    label,
    name,
    tooltip,
    badge,
    isBadgeNews,
    isPressed,
    isWarning,
    isExpanded,
    opens,
    buttonRef,
    look = 'plain',
    onClick,
  } = props;
  return (
    <button
      ref={buttonRef}
      type="button"
      class={buttonClass(look)}
      data-testid={testId}
      aria-label={name ?? label}
      title={tooltip ?? label}
      aria-pressed={isPressed}
      aria-haspopup={isExpanded === undefined ? undefined : 'menu'}
      aria-expanded={isExpanded}
      popovertarget={opens}
      disabled={!(onClick || opens)}
      onClick={() => onClick?.()}
    >
      <span class={styles.icon}>
        {icon}
        {badge !== undefined && (
          <span
            class={`${styles.badge} ${isBadgeNews ? styles.news : ''}`}
            data-count={badge > mostOfBadge ? `${mostOfBadge}+` : badge}
          />
        )}
        {isWarning && <span class={styles.dot} aria-hidden="true" />}
      </span>
      <span class={bar.label}>{label}</span>
    </button>
  );
}

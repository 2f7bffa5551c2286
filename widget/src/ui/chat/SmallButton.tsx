import type { ComponentChildren } from 'preact';
import styles from './SmallButton.module.css';

type Props = {
  label: string;
  testId?: string;
  class?: string | undefined;
  onClick: () => void;
  children: ComponentChildren;
};

/** A button with a picture only, beside a line or a file. */
export const SmallButton = ({ label, testId, class: more = '', onClick, children }: Props) => (
  <button
    type="button"
    class={`${styles.small} ${more}`}
    aria-label={label}
    title={label}
    data-testid={testId}
    onClick={onClick}
  >
    {children}
  </button>
);

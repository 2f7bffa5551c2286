import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import styles from './controls.module.css';

/** Attributes that connect a control with its label and with the texts below it. */
export type ControlProps = { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined };

type Props = {
  label: string;
  hint?: string | undefined;
  /** The problem with the value. */
  error?: string | undefined;
  errorRole?: 'alert';
  /** Renders the control with these attributes. */
  children: (control: ControlProps) => ComponentChildren;
};

/** A control below its label, with a hint and the problem. */
export function Field({ label, hint, error, errorRole, children }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {label}
      </label>
      {children({ id, 'aria-invalid': error !== undefined, 'aria-describedby': described })}
      {hint && (
        <p id={`${id}-hint`} class={styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} class={styles.error} role={errorRole}>
          {error}
        </p>
      )}
    </div>
  );
}

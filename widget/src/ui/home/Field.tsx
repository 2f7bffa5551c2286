import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Form } from '../../view/home/form.ts';
import controls from '../controls/controls.module.css';
import { useHome } from './context.ts';
import styles from './Field.module.css';
import { EyeIcon, EyeOffIcon } from './icons.tsx';

/** Names of the fields whose values are texts. */
type TextName<V> = { [K in keyof V & string]: V[K] extends string ? K : never }[keyof V & string];

type Common<V> = { form: Form<V>; label: string; hint?: string | undefined; testId: string };
type TextProps<V> = Common<V> & {
  name: TextName<V>;
  /** Inside the field, at its end. */
  children?: ComponentChildren;
  /** In line with the field, after it. */
  beside?: ComponentChildren;
  type?: 'text' | 'email' | 'tel' | 'password';
  autocomplete: 'off' | 'name' | 'email' | 'tel' | 'username' | 'current-password' | 'new-password';
  maxLength: number;
  placeholder?: string;
  inputMode?: 'numeric';
  autocapitalize?: 'none';
};

/** The texts below a field and how it refers to them. */
function useNotes<V>({ form, name, hint }: { form: Form<V>; name: keyof V; hint?: string | undefined }) {
  const { t } = useHome();
  const id = useId();
  const complaint = form.complaints.value[name];
  const described = [hint && `${id}-hint`, complaint && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return {
    id,
    aria: { 'aria-invalid': complaint !== undefined, 'aria-describedby': described },
    notes: (
      <>
        {hint && (
          <p id={`${id}-hint`} class={controls.hint}>
            {hint}
          </p>
        )}
        {complaint && (
          <p id={`${id}-error`} class={controls.error}>
            {t(complaint.key, complaint.params)}
          </p>
        )}
      </>
    ),
  };
}

export function TextField<V>({
  form,
  name,
  label,
  hint,
  testId,
  children,
  beside,
  type = 'text',
  ...rest
}: TextProps<V>) {
  const { id, aria, notes } = useNotes({ form, name, hint });
  return (
    <div class={controls.field}>
      <label class={controls.label} for={id}>
        {label}
      </label>
      <div class={styles.row}>
        <div class={styles.line}>
          <input
            id={id}
            class={controls.input}
            data-testid={testId}
            value={form.values.value[name] as string}
            {...aria}
            {...rest}
            type={type as 'text'}
            onInput={({ currentTarget: { value } }) => form.set(name, value as V[typeof name])}
          />
          {children}
        </div>
        {beside}
      </div>
      {notes}
    </div>
  );
}

/** A password, which can be shown to whoever types it. */
export function PasswordField<V>(props: TextProps<V>) {
  const { t } = useHome();
  const isShown = useSignal(false);
  const toggle = t(isShown.value ? 'field.hidePassword' : 'field.showPassword');
  return (
    <TextField {...props} type={isShown.value ? 'text' : 'password'} autocapitalize="none">
      <button
        type="button"
        class={styles.inside}
        aria-label={toggle}
        title={toggle}
        onClick={() => {
          isShown.value = !isShown.value;
        }}
      >
        {isShown.value ? <EyeOffIcon /> : <EyeIcon />}
      </button>
    </TextField>
  );
}

export function TextArea<V>({
  form,
  name,
  label,
  hint,
  testId,
  rows = 3,
  maxLength,
}: Common<V> & { name: TextName<V>; rows?: number; maxLength: number }) {
  const { id, aria, notes } = useNotes({ form, name, hint });
  return (
    <div class={controls.field}>
      <label class={controls.label} for={id}>
        {label}
      </label>
      <textarea
        id={id}
        class={`${controls.input} ${styles.area}`}
        data-testid={testId}
        rows={rows}
        maxLength={maxLength}
        value={form.values.value[name] as string}
        {...aria}
        onInput={({ currentTarget: { value } }) => form.set(name, value as V[typeof name])}
      />
      {notes}
    </div>
  );
}

type Option<T> = { value: T; label: string };

export function SelectField<V, K extends keyof V & string>({
  form,
  name,
  label,
  hint,
  testId,
  options,
  disabled,
}: Common<V> & { name: K; options: readonly Option<V[K] & (string | number)>[]; disabled?: boolean }) {
  const { id, aria, notes } = useNotes({ form, name, hint });
  return (
    <div class={controls.field}>
      <label class={controls.label} for={id}>
        {label}
      </label>
      <select
        id={id}
        class={`${controls.input} ${controls.select}`}
        data-testid={testId}
        disabled={disabled}
        value={String(form.values.value[name])}
        {...aria}
        onChange={({ currentTarget: { value } }) => {
          const option = options.find((each) => String(each.value) === value);
          if (option) form.set(name, option.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {notes}
    </div>
  );
}

/** A few choices side by side. */
export function ChoiceField<V, K extends keyof V & string>({
  form,
  name,
  label,
  testId,
  options,
}: Common<V> & { name: K; options: readonly Option<V[K] & (string | number)>[] }) {
  const id = useId();
  return (
    <fieldset class={styles.group} data-testid={testId}>
      <legend class={controls.label}>{label}</legend>
      <div class={styles.choices}>
        {options.map((option) => (
          <label key={option.value} class={styles.choice}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={form.values.value[name] === option.value}
              onChange={() => form.set(name, option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function CheckField<V>({
  form,
  name,
  label,
  hint,
  testId,
}: Common<V> & { name: { [K in keyof V & string]: V[K] extends boolean ? K : never }[keyof V & string] }) {
  const id = useId();
  return (
    <div class={styles.check}>
      <input
        id={id}
        type="checkbox"
        class={styles.box}
        data-testid={testId}
        checked={form.values.value[name] as boolean}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ currentTarget: { checked } }) => form.set(name, checked as V[typeof name])}
      />
      <div>
        <label for={id} class={styles.checkLabel}>
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} class={controls.hint}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

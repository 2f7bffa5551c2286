import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import controls from '../../../ui/controls/controls.module.css';
import { type ControlProps, Field } from '../../../ui/controls/Field.tsx';
import { Note } from '../../../ui/controls/Note.tsx';
import { Select } from '../../../ui/controls/Select.tsx';
import unseen from '../../../ui/controls/unseen.module.css';
import type { CheckField, ChoiceField, Form, FormField, TextField } from '../../view/form.ts';
import { usePortal } from '../context.ts';
import { EyeIcon, EyeOffIcon } from '../icons.tsx';
import styles from './Fields.module.css';

type Props<V> = {
  form: Form<V>;
  /** Fields of the kind `own`, by their names. */
  own?: Partial<Record<keyof V, ComponentChildren>>;
  /** In line with a text field, after it. */
  beside?: ComponentChildren;
};

/** The fields of a form, and the problem with the whole form. */
export function Fields<V>({ form, own, beside }: Props<V>) {
  const { t } = usePortal();
  const complaint = form.complaints.value.form;
  const draw = (field: FormField<V>): ComponentChildren => {
    switch (field.kind) {
      case 'own':
        return own?.[field.name];
      case 'username':
        return (
          <input type="text" autocomplete="username" value={String(form.values.value[field.name])} readOnly hidden />
        );
      case 'check':
        return <Check key={field.name} form={form} field={field} />;
      case 'choice':
        return <Choice key={field.name} form={form} field={field} />;
      case 'select':
        return <Selection key={field.name} form={form} field={field} />;
      default:
        return <TextInput key={field.name} form={form} field={field} beside={beside} />;
    }
  };
  return (
    <>
      {form.fields.map((each) =>
        'kind' in each ? draw(each) : each.length > 0 && <div class={styles.pair}>{each.map(draw)}</div>,
      )}
      {complaint && (
        <Note tone="bad" role="alert" testId="form-problem">
          {t(complaint)}
        </Note>
      )}
    </>
  );
}

type FieldProps<V, F> = { form: Form<V>; field: F };

/** The value of a field, and the texts about it in the current language. */
function useField<V>({ form, field }: FieldProps<V, Exclude<FormField<V>, { kind: 'own' | 'username' }>>) {
  const { t } = usePortal();
  const { name, label, hint, testId } = field;
  const complaint = form.complaints.value[name];
  return {
    value: form.values.value[name] as unknown,
    set: (value: unknown) => form.set(name, value as V[typeof name]),
    label: t(label),
    hint: hint && t(hint),
    error: complaint && t(complaint),
    testId,
  };
}

function TextInput<V>({ form, field, beside }: FieldProps<V, TextField<V>> & { beside: ComponentChildren }) {
  const { t } = usePortal();
  const { value, set, testId, ...texts } = useField({ form, field });
  const { kind, maxLength, autocomplete = 'off', placeholder, inputMode, autocapitalize, rows = 3 } = field;
  const isShown = useSignal(false);
  const toggle = t(isShown.value ? 'field.hidePassword' : 'field.showPassword');
  const shared = (control: ControlProps) => ({
    ...control,
    'data-testid': testId,
    maxLength,
    value: value as string,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => set(currentTarget.value),
  });
  if (kind === 'area')
    return (
      <Field {...texts}>
        {(control) => <textarea {...shared(control)} class={`${controls.input} ${styles.area}`} rows={rows} />}
      </Field>
    );
  const isPassword = kind === 'password';
  return (
    <Field {...texts}>
      {(control) => (
        <div class={styles.row}>
          <div class={styles.line}>
            <input
              {...shared(control)}
              class={controls.input}
              type={(isPassword && isShown.value ? 'text' : kind) as 'text'}
              autocomplete={autocomplete}
              placeholder={placeholder && t(placeholder)}
              inputMode={inputMode}
              autocapitalize={isPassword ? 'none' : autocapitalize}
            />
            {isPassword && (
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
            )}
          </div>
          {beside}
        </div>
      )}
    </Field>
  );
}

/** The options of a field with their labels. */
function useOptions<V>({ options }: ChoiceField<V>) {
  const { t } = usePortal();
  return options.map(({ value, label }) => ({ value, label: label ? t(label) : String(value) }));
}

function Selection<V>({ form, field }: FieldProps<V, ChoiceField<V>>) {
  const { value, set, ...rest } = useField({ form, field });
  return (
    <Select
      {...rest}
      isDisabled={field.isDisabled}
      options={useOptions(field)}
      value={value as string | number}
      onChoose={set}
    />
  );
}

/** A few choices side by side. */
function Choice<V>({ form, field }: FieldProps<V, ChoiceField<V>>) {
  const { value, set, label, hint, testId } = useField({ form, field });
  const id = useId();
  return (
    <fieldset class={styles.group} data-testid={testId} aria-describedby={hint && `${id}-hint`}>
      <legend class={controls.label}>{label}</legend>
      <div class={styles.choices}>
        {useOptions(field).map((option) => (
          <label key={option.value} class={styles.choice}>
            <input
              class={unseen.input}
              type="radio"
              name={id}
              value={option.value}
              checked={value === option.value}
              onChange={() => set(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {hint && (
        <p id={`${id}-hint`} class={controls.hint}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}

function Check<V>({ form, field }: FieldProps<V, CheckField<V>>) {
  const { value, set, label, hint, testId } = useField({ form, field });
  const id = useId();
  return (
    <div class={styles.check}>
      <input
        id={id}
        type="checkbox"
        class={styles.box}
        data-testid={testId}
        checked={value as boolean}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ currentTarget: { checked } }) => set(checked)}
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

import controls from './controls.module.css';
import { Field } from './Field.tsx';
import styles from './Select.module.css';

type Option<T> = { value: T; label: string; lang?: string };

type Props<T> = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  testId: string;
  options: readonly Option<T>[];
  value: T;
  onChoose: (value: T) => void;
  isDisabled?: boolean | undefined;
};

/** A list that opens, to choose one option. */
export function Select<T extends string | number>({ testId, options, value, onChoose, isDisabled, ...rest }: Props<T>) {
  return (
    <Field {...rest}>
      {(control) => (
        <select
          {...control}
          class={`${controls.input} ${styles.select}`}
          data-testid={testId}
          disabled={isDisabled}
          value={value}
          onChange={({ currentTarget }) => {
            const option = options[currentTarget.selectedIndex];
            if (option) onChoose(option.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} lang={option.lang}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

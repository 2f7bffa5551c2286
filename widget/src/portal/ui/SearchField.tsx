import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import controls from '../../ui/controls/controls.module.css';
import { SearchIcon } from './icons.tsx';
import styles from './SearchField.module.css';

type Props = { label: string; testId: string; onSearch: (text: string) => void };

/** Searches when typing pauses. */
export function SearchField({ label, testId, onSearch }: Props) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const text = useSignal('');
  return (
    <div class={styles.search}>
      <SearchIcon />
      <input
        class={controls.input}
        type="search"
        autocomplete="off"
        maxLength={100}
        placeholder={label}
        aria-label={label}
        data-testid={testId}
        value={text.value}
        onInput={({ currentTarget: { value } }) => {
          text.value = value;
          clearTimeout(timer.current);
          timer.current = setTimeout(onSearch, 250, value);
        }}
      />
    </div>
  );
}

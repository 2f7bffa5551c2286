import { useModel, useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import controls from '../../ui/controls/controls.module.css';
import { Hidden } from '../../ui/controls/Hidden.tsx';
import { isComposing } from '../../ui/isComposing.ts';
import type { CompanyUser } from '../model/users.ts';
import { PeopleSearch } from '../view/peopleSearch.ts';
import { problemOf } from '../view/problem.ts';
import { usePortal } from './context.ts';
import styles from './PeoplePicker.module.css';
import { Person } from './Person.tsx';

type Props = {
  label: string;
  testId: string;
  /** Ids of the users who are already chosen. */
  taken: readonly number[];
  onPick: (user: CompanyUser) => void;
  /** Id of the element with the problem of the chosen users. */
  errorId?: string | undefined;
};

/** A combo box that finds people of the company. The arrow keys choose, Enter takes, Escape closes. */
export function PeoplePicker({ label, testId, taken, onPick, errorId }: Props) {
  const { t, portal } = usePortal();
  const id = useId();
  const known = useSignal<ReadonlySet<number>>(new Set(taken));
  const takenKey = taken.join();
  // The ids are compared, not the array.
  useEffect(() => {
    known.value = new Set(taken);
  }, [takenKey]);
  const search = useModel(() => new PeopleSearch(portal.users.find, known));
  const options = search.options.value;
  const isOpen = search.isOpen.value;
  const problem = search.problem.value;
  const chosen = search.chosen.value;

  const pick = (user: CompanyUser | undefined): void => {
    if (!user) return;
    onPick(user);
    search.clear();
  };

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      search.move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') {
      // Choosing a person must not submit the surrounding form.
      event.preventDefault();
      pick(isOpen ? chosen : undefined);
    } else if (event.key === 'Escape' && isOpen) {
      // Only the list closes, not the dialog around it.
      event.preventDefault();
      event.stopPropagation();
      search.close();
    }
  }

  return (
    <div class={`${controls.field} ${styles.picker}`}>
      <label class={controls.label} for={id}>
        {label}
      </label>
      <input
        id={id}
        class={controls.input}
        role="combobox"
        autocomplete="off"
        maxLength={100}
        placeholder={t('people.searchHint')}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-invalid={errorId !== undefined}
        aria-describedby={errorId}
        aria-activedescendant={isOpen && chosen ? `${id}-${chosen.id}` : undefined}
        data-testid={testId}
        value={search.text.value}
        onInput={({ currentTarget: { value } }) => search.write(value)}
        onKeyDown={onKeyDown}
        onBlur={search.close}
      />
      <div class={styles.under} hidden={!isOpen}>
        <div id={`${id}-list`} role="listbox" aria-label={label} class={styles.options}>
          {options?.map((user, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combo box that owns this list.
            <div
              key={user.id}
              id={`${id}-${user.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === search.active.value}
              class={styles.option}
              data-testid="person-option"
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(user)}
            >
              <Person id={user.id} name={user.name} detail={user.email ?? user.account} />
            </div>
          ))}
        </div>
        {!problem && options?.length !== 0 ? null : (
          <p class={styles.nobody}>{problem ? t(problemOf(problem)) : t('people.nobody')}</p>
        )}
      </div>
      <Hidden role="status">{isOpen && options && t('people.found', { count: options.length })}</Hidden>
    </div>
  );
}

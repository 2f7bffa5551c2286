import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { AppModel } from '../../model/types.ts';
import type { TextKey } from '../../view/i18n.ts';
import { problemText } from '../../view/problem.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { Note } from '../controls/Note.tsx';
import { useText } from '../text.ts';
import styles from './Lobby.module.css';

type Missing = { field: 'name' | 'password'; text: TextKey };

export function JoinForm({ app }: { app: AppModel }) {
  const t = useText();
  const id = useId();
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const missing = useSignal<Missing | undefined>(undefined);
  const needsPassword = app.lobbyRoom.value?.isHasPwd === true || app.problem.value?.code === 'WRONG_PASSWORD';
  const problem = app.problem.value;
  const isEntering = app.entering.value;

  async function join(event: Event): Promise<void> {
    event.preventDefault();
    if (app.username.peek().trim() === '') {
      missing.value = { field: 'name', text: 'lobby.nameMissing' };
      return name.current?.focus();
    }
    if (needsPassword && !password.current?.value) {
      missing.value = { field: 'password', text: 'lobby.passwordMissing' };
      return password.current?.focus();
    }
    missing.value = undefined;
    await app.join({ password: password.current?.value || undefined }).catch(() => password.current?.select());
  }

  const errorOf = (field: Missing['field']) =>
    missing.value?.field === field && (
      <p id={`${id}-error`} class={controls.error} role="alert">
        {t(missing.value.text)}
      </p>
    );

  return (
    <form class={styles.fields} onSubmit={join} noValidate>
      <div class={controls.field}>
        <label class={controls.label} for={`${id}-name`}>
          {t('lobby.name')}
        </label>
        <input
          ref={name}
          id={`${id}-name`}
          class={controls.input}
          data-testid="lobby-name"
          autocomplete="name"
          maxLength={100}
          placeholder={t('lobby.namePlaceholder')}
          value={app.username.value}
          aria-invalid={missing.value?.field === 'name'}
          aria-describedby={missing.value?.field === 'name' ? `${id}-error` : undefined}
          onInput={(event) => {
            missing.value = undefined;
            app.setUsername(event.currentTarget.value);
          }}
        />
        {errorOf('name')}
      </div>
      {needsPassword && (
        <div class={controls.field}>
          <label class={controls.label} for={`${id}-password`}>
            {t('lobby.password')}
          </label>
          <input
            ref={password}
            id={`${id}-password`}
            class={controls.input}
            data-testid="lobby-password"
            type="password"
            autocomplete="off"
            maxLength={200}
            aria-invalid={missing.value?.field === 'password' || problem?.code === 'WRONG_PASSWORD'}
            aria-describedby={missing.value?.field === 'password' ? `${id}-error` : undefined}
            onInput={() => {
              missing.value = undefined;
            }}
          />
          {errorOf('password')}
        </div>
      )}
      {problem && (
        <Note tone="bad" role="alert" testId="problem">
          {t(problemText(problem.code))}
        </Note>
      )}
      <Button type="submit" look="primary" isWide data-testid="lobby-join" disabled={isEntering} aria-busy={isEntering}>
        {t(isEntering ? 'lobby.joining' : 'lobby.join')}
      </Button>
    </form>
  );
}

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { TextKey } from '../../view/i18n.ts';
import type { LobbyModel } from '../../view/lobby.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { Field } from '../controls/Field.tsx';
import { Note } from '../controls/Note.tsx';
import { useText } from '../text.ts';
import styles from './Lobby.module.css';

type Missing = { field: 'name' | 'password'; text: TextKey };

export function JoinForm({ view }: { view: LobbyModel }) {
  const t = useText();
  const form = useRef<HTMLFormElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const missing = useSignal<Missing | undefined>(undefined);
  const needsPassword = view.needsPassword.value;
  const problem = view.problem.value;
  const isEntering = view.isEntering.value;

  // The next thing to do; not in a frame that the user is not in, nor where a keyboard would open over the lobby.
  useEffect(() => {
    const isFree = document.hasFocus() && document.activeElement === document.body;
    if (!isFree || !matchMedia('(hover: hover)').matches) return;
    const next = view.username.peek() === '' ? name.current : form.current?.querySelector('button');
    next?.focus();
  }, [view]);

  async function join(event: Event): Promise<void> {
    event.preventDefault();
    if (view.username.peek().trim() === '') {
      missing.value = { field: 'name', text: 'lobby.nameMissing' };
      return name.current?.focus();
    }
    if (needsPassword && !password.current?.value) {
      missing.value = { field: 'password', text: 'lobby.passwordMissing' };
      return password.current?.focus();
    }
    missing.value = undefined;
    await view.join({ password: password.current?.value || undefined }).catch(() => password.current?.select());
  }

  const errorOf = (field: Missing['field']) => (missing.value?.field === field ? t(missing.value.text) : undefined);

  const wrong = view.isPasswordWrong.value && problem ? t(problem) : undefined;

  return (
    <form ref={form} class={styles.fields} onSubmit={join} noValidate>
      <Field label={t('lobby.name')} error={errorOf('name')} errorRole="alert">
        {(control) => (
          <input
            {...control}
            ref={name}
            class={controls.input}
            data-testid="lobby-name"
            dir="auto"
            autocomplete="name"
            maxLength={100}
            placeholder={t('lobby.namePlaceholder')}
            value={view.username.value}
            onInput={(event) => {
              missing.value = undefined;
              view.setUsername(event.currentTarget.value);
            }}
          />
        )}
      </Field>
      {needsPassword && (
        <Field label={t('lobby.password')} error={errorOf('password') ?? wrong} errorRole="alert">
          {(control) => (
            <input
              {...control}
              ref={password}
              class={controls.input}
              data-testid="lobby-password"
              type="password"
              autocomplete="off"
              maxLength={200}
              placeholder={t('lobby.password')}
              onInput={() => {
                missing.value = undefined;
              }}
            />
          )}
        </Field>
      )}
      {problem && !wrong && (
        <Note tone="bad" role="alert" testId="problem">
          {t(problem)}
        </Note>
      )}
      <Button type="submit" look="primary" isWide data-testid="lobby-join" disabled={isEntering} aria-busy={isEntering}>
        {t(isEntering ? 'lobby.joining' : 'lobby.join')}
      </Button>
    </form>
  );
}

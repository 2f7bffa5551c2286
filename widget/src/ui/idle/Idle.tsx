import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { AppModel } from '../../model/types.ts';
import { problemText } from '../../view/problem.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { Note } from '../controls/Note.tsx';
import styles from '../ended/card.module.css';
import { RoomIcon } from '../icons.tsx';
import { useText } from '../text.ts';

/** On the platform's own page a form for a room number; in a partner's page a quiet word until the page opens a room. */
export function Idle({ app }: { app: AppModel }) {
  const isEmbedded = window.parent !== window;
  return <main class={styles.screen}>{isEmbedded ? <Ready app={app} /> : <RoomForm app={app} />}</main>;
}

function Ready({ app }: { app: AppModel }) {
  const t = useText();
  const isConnecting = app.session.connection.value === 'connecting';
  return (
    <div class={styles.plain} role="status">
      <span class={styles.mark}>
        <RoomIcon />
      </span>
      <p class={styles.strong}>{t(isConnecting ? 'idle.connecting' : 'idle.ready')}</p>
      <p class={controls.hint}>{t('idle.readyHint')}</p>
    </div>
  );
}

function RoomForm({ app }: { app: AppModel }) {
  const t = useText();
  const id = useId();
  const isInvalid = useSignal(false);
  const isOpening = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const problem = app.problem.value;

  async function open(event: Event): Promise<void> {
    event.preventDefault();
    const roomId = Number(input.current?.value.replace(/\s/g, ''));
    isInvalid.value = !Number.isSafeInteger(roomId) || roomId <= 0;
    if (isInvalid.value) return input.current?.focus();
    isOpening.value = true;
    await app.openLobby(roomId).catch(() => undefined);
    isOpening.value = false;
  }

  return (
    <form class={styles.card} onSubmit={open} noValidate>
      <span class={styles.mark}>
        <RoomIcon />
      </span>
      <h1 class={styles.title}>{t('idle.title')}</h1>
      <p class={styles.text}>{t('idle.hint')}</p>
      <div class={controls.field}>
        <label class={controls.label} for={id}>
          {t('idle.roomNumber')}
        </label>
        <input
          ref={input}
          id={id}
          class={controls.input}
          data-testid="room-number"
          inputMode="numeric"
          autocomplete="off"
          maxLength={16}
          aria-invalid={isInvalid.value}
          aria-describedby={isInvalid.value ? `${id}-error` : undefined}
          onInput={() => {
            isInvalid.value = false;
          }}
        />
        {isInvalid.value && (
          <p id={`${id}-error`} class={controls.error} role="alert">
            {t('idle.invalid')}
          </p>
        )}
      </div>
      {problem && (
        <Note tone="bad" role="alert" testId="problem">
          {t(problemText(problem.code))}
        </Note>
      )}
      <Button type="submit" look="primary" isWide data-testid="open-room" disabled={isOpening.value}>
        {t(isOpening.value ? 'idle.connecting' : 'idle.open')}
      </Button>
    </form>
  );
}

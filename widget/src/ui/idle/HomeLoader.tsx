import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from '../controls/Button.tsx';
import styles from '../controls/card.module.css';
import { RoomIcon } from '../icons.tsx';
import { useText } from '../text.ts';

/** Rejects when the home screen cannot be loaded; the next call tries again. */
export type LoadHome = () => Promise<ComponentType>;

/** The home screen, or a note that it is being loaded. */
export function HomeLoader({ load }: { load: LoadHome }) {
  const t = useText();
  const Loaded = useSignal<ComponentType | undefined>(undefined);
  const isFailed = useSignal(false);
  const start = async (): Promise<void> => {
    isFailed.value = false;
    try {
      Loaded.value = await load();
    } catch {
      isFailed.value = true;
    }
  };
  useEffect(() => void start(), []);

  if (Loaded.value) return <Loaded.value />;
  return (
    <main class={styles.screen}>
      <div class={styles.plain} role="status">
        <span class={styles.mark}>
          <RoomIcon />
        </span>
        <p class={styles.strong}>{t(isFailed.value ? 'problem.DISCONNECTED' : 'idle.connecting')}</p>
        {isFailed.value && <Button onClick={() => void start()}>{t('error.retry')}</Button>}
      </div>
    </main>
  );
}

import styles from '../controls/card.module.css';
import controls from '../controls/controls.module.css';
import { RoomIcon } from '../icons.tsx';
import { useText } from '../text.ts';

/** In a partner's page: says that the widget is ready, until the page opens a room. */
export function Idle({ isConnecting }: { isConnecting: boolean }) {
  const t = useText();
  return (
    <main class={styles.screen}>
      <div class={styles.plain} role="status">
        <span class={styles.mark}>
          <RoomIcon />
        </span>
        <p class={styles.strong}>{t(isConnecting ? 'idle.connecting' : 'idle.ready')}</p>
        <p class={controls.hint}>{t('idle.readyHint')}</p>
      </div>
    </main>
  );
}

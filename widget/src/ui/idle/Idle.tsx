import type { AppModel } from '../../model/types.ts';
import controls from '../controls/controls.module.css';
import styles from '../ended/card.module.css';
import { RoomIcon } from '../icons.tsx';
import { useText } from '../text.ts';

/** In a partner's page: that the widget is ready, until the page opens a room. */
export function Idle({ app }: { app: AppModel }) {
  const t = useText();
  const isConnecting = app.session.connection.value === 'connecting';
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

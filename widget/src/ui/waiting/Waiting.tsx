import { useEffect, useRef } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { useText } from '../text.ts';
import styles from './Waiting.module.css';

type Props = { app: Pick<AppModel, 'identity' | 'stopWaiting'> & { meeting: Pick<AppModel['meeting'], 'waiting'> } };

/** In the lobby, instead of name and Join: the user has asked to come in. */
export function Waiting({ app }: Props) {
  const t = useText();
  const title = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone, and screen readers go on from here.
  useEffect(() => {
    if (document.activeElement === document.body) title.current?.focus();
  }, []);
  const isReconnecting = app.identity.connection.value !== 'connected';
  const hint = app.meeting.waiting.value?.hasModerator ? 'waiting.told' : 'waiting.noHost';
  return (
    <div class={styles.waiting} data-testid="waiting">
      <h2 ref={title} class={styles.title} tabIndex={-1}>
        <span class={controls.spinner} aria-hidden="true" />
        {t('waiting.title')}
      </h2>
      <p class={controls.hint} role="status">
        {t(isReconnecting ? 'notice.reconnecting' : hint)}
      </p>
      <Button isWide data-testid="stop-waiting" onClick={app.stopWaiting}>
        {t('waiting.giveUp')}
      </Button>
    </div>
  );
}

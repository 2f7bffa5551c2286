import type { ShareView } from '../../view/share.ts';
import { ShareIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import styles from './Bar.module.css';

/** Shown while the user shares a screen: that others see it, and the way to end it. */
export function ShareBar({ view }: { view: InstanceType<typeof ShareView> }) {
  const t = useText();
  const stop = view.stop.value;
  if (!stop) return null;
  return (
    <div class={styles.bar} data-testid="share-bar">
      <ShareIcon />
      <span class={styles.text}>{t('share.running')}</span>
      <button type="button" class={styles.stop} data-testid="share-stop" onClick={stop}>
        {t('share.stop')}
      </button>
    </div>
  );
}

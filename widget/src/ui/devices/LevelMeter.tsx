import type { ReadonlySignal } from '@preact/signals';
import { useText } from '../text.ts';
import styles from './LevelMeter.module.css';

/** Shows the level of the microphone. */
export function LevelMeter({ level }: { level: ReadonlySignal<number> }) {
  const t = useText();
  const value = Math.min(1, Math.max(0, level.value));
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers do not allow to style a <meter> like this.
    <div
      class={styles.meter}
      role="meter"
      aria-label={t('lobby.level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value * 100)}
    >
      <div class={styles.level} style={{ transform: `scaleX(${value})` }} />
    </div>
  );
}

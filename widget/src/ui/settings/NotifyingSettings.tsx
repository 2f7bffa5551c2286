import type { AppModel } from '../../model/compose.ts';
import { useText } from '../text.ts';
import styles from './NotifyingSettings.module.css';

const keys = ['sounds', 'toasts', 'shortcuts', 'mutedHint'] as const;

/** The settings for sounds, toasts, hints and keyboard shortcuts. */
export function NotifyingSettings({ app }: { app: Pick<AppModel, (typeof keys)[number] | 'notify'> }) {
  const t = useText();
  return (
    <div class={styles.list}>
      {keys.map((key) => (
        <label key={key} class={styles.row}>
          <input
            type="checkbox"
            data-testid={`setting-${key}`}
            checked={app[key].value}
            onChange={({ currentTarget: { checked } }) => app.notify({ [key]: checked })}
          />
          <span>{t(`settings.${key}`)}</span>
        </label>
      ))}
    </div>
  );
}

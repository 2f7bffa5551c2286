import type { AppModel } from '../../model/compose.ts';
import { switches } from '../../model/storage.ts';
import { useText } from '../text.ts';
import styles from './NotifyingSettings.module.css';

export type NotifyingApp = Pick<AppModel, (typeof switches)[number] | 'notify'>;

/** The settings for sounds, toasts, hints and keyboard shortcuts. */
export function NotifyingSettings({ app }: { app: NotifyingApp }) {
  const t = useText();
  return (
    <div class={styles.list}>
      {switches.map((key) => (
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

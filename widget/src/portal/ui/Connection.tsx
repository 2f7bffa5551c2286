import controls from '../../ui/controls/controls.module.css';
import { usePortal } from './context.ts';
import styles from './Shell.module.css';

/** Says that the connection is lost; the region is always in the document, so that screen readers read it. */
export function Connection() {
  const { t, app } = usePortal();
  return (
    <div class={styles.connection} role="status">
      {app.identity.connection.value === 'reconnecting' && (
        <p class={styles.lost} data-testid="reconnect-banner">
          <span class={controls.spinner} aria-hidden="true" />
          {t('notice.reconnecting')}
        </p>
      )}
    </div>
  );
}

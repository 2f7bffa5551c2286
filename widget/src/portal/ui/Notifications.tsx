import type { ReadonlySignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Button } from '../../ui/controls/Button.tsx';
import { CloseIcon, WarningIcon } from '../../ui/icons.tsx';
import { CheckIcon } from '../../ui/panelIcons.tsx';
import { useFocusKept } from '../../ui/useFocusKept.ts';
import type { Notification } from '../view/notifications.ts';
import { usePortal } from './context.ts';

import styles from './Notifications.module.css';

type Props = { notifications: ReadonlySignal<readonly Notification[]>; dismiss: (id: number) => void };

/**
 * Notifications at the lower edge. The regions are always in the document, so that screen readers read new
 * notifications.
 */
export function Notifications({ notifications, dismiss }: Props) {
  const { t } = usePortal();
  const problems = useRef<HTMLDivElement>(null);
  useFocusKept(problems);
  const of = (tone: Notification['tone']) => notifications.value.filter((each) => each.tone === tone);
  return (
    <div class={styles.notifications}>
      <div role="status">
        {of('good').map(({ id, text }) => (
          <p key={id} class={styles.line} data-testid="notification">
            <CheckIcon />
            {t(text)}
          </p>
        ))}
      </div>
      <div ref={problems} role="alert">
        {of('bad').map(({ id, text }) => (
          <div key={id} class={`${styles.line} ${styles.bad}`} data-testid="notification-problem">
            <WarningIcon />
            <p>{t(text)}</p>
            <Button look="bare" aria-label={t('common.dismiss')} onClick={() => dismiss(id)}>
              <CloseIcon />
            </Button>
          </div>
        ))}
      </div>
    </div>
  );
}

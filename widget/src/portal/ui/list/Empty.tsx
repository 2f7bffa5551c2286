import type { ComponentChildren } from 'preact';
import type { Icon } from '../../../ui/icons.tsx';
import type { PortalTextKey } from '../../view/text.ts';
import { usePortal } from '../context.ts';
import page from '../Page.module.css';
import styles from './Empty.module.css';

type Props = { icon: Icon; title: PortalTextKey; text: PortalTextKey; testId: string; children?: ComponentChildren };

/** Shown in place of an empty list. */
export function Empty({ icon: Picture, title, text, testId, children }: Props) {
  const { t } = usePortal();
  return (
    <div class={`${page.card} ${styles.empty}`} data-testid={testId}>
      <span class={styles.icon}>
        <Picture />
      </span>
      <p class={styles.title}>{t(title)}</p>
      <p class={styles.text}>{t(text)}</p>
      {children && <div class={styles.action}>{children}</div>}
    </div>
  );
}

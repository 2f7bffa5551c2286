import { Hidden } from '../../../ui/controls/Hidden.tsx';
import { usePortal } from '../context.ts';
import styles from './Skeleton.module.css';

/** Placeholder while a list is being loaded. */
export function Skeleton({ count = 3 }: { count?: number }) {
  const { t } = usePortal();
  return (
    <div class={styles.skeleton} role="status" data-testid="loading">
      <Hidden>{t('home.loading')}</Hidden>
      {Array.from({ length: count }, (_, index) => (
        // They are all the same.
        <div key={index} class={styles.bone} />
      ))}
    </div>
  );
}

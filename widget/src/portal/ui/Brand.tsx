import { RoomIcon } from '../../ui/icons.tsx';
import styles from './Brand.module.css';
import { usePortal } from './context.ts';

/** The mark and the name of the product; where there is no space, the style sheet of the parent hides the name. */
export function Brand({ class: className = '' }: { class?: string | undefined }) {
  const { t } = usePortal();
  return (
    <div class={`${styles.brand} ${className}`}>
      <span class={styles.mark}>
        <RoomIcon />
      </span>
      <span>{t('brand')}</span>
    </div>
  );
}

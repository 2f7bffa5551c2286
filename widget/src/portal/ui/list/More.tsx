import { Button } from '../../../ui/controls/Button.tsx';
import type { GrowingList } from '../../model/list.ts';
import { usePortal } from '../context.ts';
import styles from './List.module.css';

/** The end of a list that can grow. */
export function More({ list }: { list: Pick<GrowingList<unknown>, 'hasMore' | 'busy' | 'more'> }) {
  const { t } = usePortal();
  if (!list.hasMore.value) return null;
  return (
    <div class={styles.more}>
      <Button data-testid="more" disabled={list.busy.value} onClick={() => void list.more()}>
        {t('home.more')}
      </Button>
    </div>
  );
}

import { Button } from '../../../ui/controls/Button.tsx';
import type { PagedList } from '../../model/list.ts';
import { usePortal } from '../context.ts';
import styles from './Users.module.css';

/** Turns the pages of a long list; nothing where there is only one. */
export function Pager({ list }: { list: PagedList<unknown> }) {
  const { t, format } = usePortal();
  const { pageNo, pageCount, busy } = list;
  if (pageCount.value === 1) return null;
  const to = (page: number) => () => void list.turn(page);
  return (
    <nav class={styles.pager} aria-label={t('pager.label')}>
      <Button data-testid="page-before" disabled={busy.value || pageNo.value === 0} onClick={to(pageNo.value - 1)}>
        {t('pager.before')}
      </Button>
      <span data-testid="page">
        {t('pager.page', { page: format.number(pageNo.value + 1), pages: format.number(pageCount.value) })}
      </span>
      <Button
        data-testid="page-after"
        disabled={busy.value || pageNo.value + 1 >= pageCount.value}
        onClick={to(pageNo.value + 1)}
      >
        {t('pager.after')}
      </Button>
    </nav>
  );
}

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../../ui/controls/Button.tsx';
import { Note } from '../../../ui/controls/Note.tsx';
import type { List } from '../../model/list.ts';
import { problemOf } from '../../view/problem.ts';
import { usePortal } from '../context.ts';
import styles from './List.module.css';
import { Skeleton } from './Skeleton.tsx';

type Loaded = Pick<List<unknown>, 'items' | 'problem' | 'reload'>;
type Props = { list: Loaded; empty: ComponentChildren; children: ComponentChildren };

/** Loads a list and shows each of its states; `children` only when the list has entries. */
export function Listing({ list, empty, children }: Props) {
  const { t } = usePortal();
  useFresh(list);
  const items = list.items.value;
  const problem = list.problem.value;
  return (
    <>
      {problem && (
        <Note tone="bad" role="alert" testId="list-problem">
          <div class={styles.retry}>
            <p>{t(problemOf(problem))}</p>
            <Button data-testid="retry" onClick={() => void list.reload()}>
              {t('error.retry')}
            </Button>
          </div>
        </Note>
      )}
      {items === undefined ? !problem && <Skeleton /> : items.length === 0 ? empty : children}
    </>
  );
}

/** Age in milliseconds from which a list is reloaded when the tab becomes visible. */
const staleAfter = 30_000;

/** Loads a list now, again when the tab becomes visible and the list is stale, and when the connection is back. */
function useFresh(list: Loaded): void {
  const { app } = usePortal();
  const connection = app.identity.connection.value;
  const at = useRef(0);
  useEffect(() => {
    const load = () => {
      at.current = Date.now();
      void list.reload();
    };
    const look = () => {
      if (document.visibilityState === 'visible' && Date.now() - at.current > staleAfter) load();
    };
    load();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [list]);
  useEffect(() => {
    if (connection === 'connected' && list.problem.peek()) void list.reload();
  }, [connection, list]);
}

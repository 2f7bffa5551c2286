import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { GrowingList, List } from '../../model/home/list.ts';
import { problemOf } from '../../view/home/problem.ts';
import type { HomeTextKey } from '../../view/home/text.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { Note } from '../controls/Note.tsx';
import type { Icon } from '../icons.tsx';
import { useHome } from './context.ts';
import { SearchIcon } from './icons.tsx';
import styles from './parts.module.css';

export function Badge({
  tone,
  icon: Picture,
  children,
}: {
  tone?: 'live' | 'brand' | 'bad';
  icon?: Icon;
  children: ComponentChildren;
}) {
  const look = tone && { live: styles.live, brand: styles.brandBadge, bad: styles.badBadge }[tone];
  return (
    <span class={`${styles.badge} ${look ?? ''}`}>
      {Picture && <Picture />}
      {children}
    </span>
  );
}

export function Empty({
  icon: Picture,
  title,
  text,
  testId,
  children,
}: {
  icon: Icon;
  title: HomeTextKey;
  text: HomeTextKey;
  testId: string;
  children?: ComponentChildren;
}) {
  const { t } = useHome();
  return (
    <div class={`${styles.card} ${styles.empty}`} data-testid={testId}>
      <span class={styles.emptyIcon}>
        <Picture />
      </span>
      <p class={styles.emptyTitle}>{t(title)}</p>
      <p class={styles.emptyText}>{t(text)}</p>
      {children && <div class={styles.emptyAction}>{children}</div>}
    </div>
  );
}

export function Skeleton({ count = 3 }: { count?: number }) {
  const { t } = useHome();
  return (
    <div class={styles.skeleton} role="status" data-testid="loading">
      <span class={styles.hidden}>{t('home.loading')}</span>
      {Array.from({ length: count }, (_, index) => (
        // They are all the same.
        <div key={index} class={styles.bone} />
      ))}
    </div>
  );
}

/** The end of a list that can grow. */
export function More({ list }: { list: Pick<GrowingList<unknown>, 'hasMore' | 'busy' | 'more'> }) {
  const { t } = useHome();
  if (!list.hasMore.value) return null;
  return (
    <div class={styles.more}>
      <Button data-testid="more" disabled={list.busy.value} onClick={() => void list.more()}>
        {t('home.more')}
      </Button>
    </div>
  );
}

type Loaded = Pick<List<unknown>, 'items' | 'problem' | 'reload'>;

/** A list in each of its states; `children` only when there is something to show. */
export function Listing({
  list,
  empty,
  children,
}: {
  list: Loaded;
  empty: ComponentChildren;
  children: ComponentChildren;
}) {
  const { t } = useHome();
  const items = list.items.value;
  const problem = list.problem.value;
  const { key, params } = problemOf(problem);
  return (
    <>
      {problem && (
        <Note tone="bad" role="alert" testId="list-problem">
          <div class={styles.retry}>
            <p>{t(key, params)}</p>
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

/** Loads a list now, again when the tab is looked at after a while, and when the connection is back. */
export function useFresh(list: Loaded): void {
  const { app } = useHome();
  const connection = app.session.connection.value;
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

/** A list that was loaded so long ago is loaded again when somebody looks at it, in milliseconds. */
const staleAfter = 30_000;

export function SearchField({
  label,
  testId,
  onSearch,
}: {
  label: string;
  testId: string;
  onSearch: (text: string) => void;
}) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const text = useSignal('');
  return (
    <div class={styles.search}>
      <SearchIcon />
      <input
        class={controls.input}
        type="search"
        autocomplete="off"
        maxLength={100}
        placeholder={label}
        aria-label={label}
        data-testid={testId}
        value={text.value}
        onInput={({ currentTarget: { value } }) => {
          text.value = value;
          clearTimeout(timer.current);
          timer.current = setTimeout(onSearch, 250, value);
        }}
      />
    </div>
  );
}

export function PageHead({ title, sub, children }: { title: string; sub?: string; children?: ComponentChildren }) {
  return (
    <header class={styles.head}>
      <div>
        {/* Whoever changes the section is brought here, and what a dialog leaves behind comes back here. */}
        <h1 class={styles.heading} tabIndex={-1} data-home-title>
          {title}
        </h1>
        {sub && <p class={styles.sub}>{sub}</p>}
      </div>
      {children && <div class={styles.tools}>{children}</div>}
    </header>
  );
}

import type { User } from '@meetframe/contract';
import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { CallIcon } from '../../ui/call/icons.tsx';
import { Hidden } from '../../ui/controls/Hidden.tsx';
import type { Icon } from '../../ui/icons.tsx';
import { later } from '../../ui/later.tsx';
import { PeopleIcon } from '../../ui/meetingIcons.tsx';
import { CalendarIcon } from '../../ui/panelIcons.tsx';
import { addressOf, type Section, sectionOf, sectionsFor } from '../view/sections.ts';
import { AccountMenu } from './account/AccountMenu.tsx';
import { Brand } from './Brand.tsx';
import { Connection } from './Connection.tsx';
import { usePortal } from './context.ts';
import { DoorIcon, FilmIcon } from './icons.tsx';
import { Skeleton } from './list/Skeleton.tsx';
import { Meetings } from './meetings/Meetings.tsx';
import { Rooms } from './rooms/Rooms.tsx';
import styles from './Shell.module.css';
import { Users } from './users/Users.tsx';

/** Chunks of their own: most visits are for a meeting. */
const Calls = later(
  () => import('./calls/Calls.tsx').then(({ Calls }) => Calls),
  () => <Skeleton />,
);

const Records = later(
  () => import('./records/Records.tsx').then(({ Records }) => Records),
  () => <Skeleton />,
);

const faces: Record<Section, { icon: Icon; content: ComponentType }> = {
  meetings: { icon: CalendarIcon, content: Meetings },
  calls: { icon: CallIcon, content: Calls },
  rooms: { icon: DoorIcon, content: Rooms },
  records: { icon: FilmIcon, content: Records },
  users: { icon: PeopleIcon, content: Users },
};

/** For signed-in users: the sections at the side, or, on a telephone, at the lower edge. The address says which one. */
export function Shell({ user }: { user: User }) {
  const { t, app, portal } = usePortal();
  const unseen = portal.calls.unseen.value;
  const level = app.identity.level.value;
  const hash = useSignal(location.hash);
  const section = sectionOf(hash.value, level);
  const main = useRef<HTMLElement>(null);
  const shown = useRef(section);
  const focusTitle = (): boolean => {
    const title = main.current?.querySelector<HTMLElement>('[data-home-title]');
    title?.focus();
    return Boolean(title);
  };
  useEffect(() => {
    const read = () => {
      hash.value = location.hash;
    };
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  useEffect(() => {
    document.title = `${t(`section.${section}`)} · ${t('brand')}`;
  });
  useEffect(() => {
    if (shown.current === section) return;
    shown.current = section;
    main.current?.scrollTo(0, 0);
    if (focusTitle() || !main.current) return;
    // A section whose code is being fetched has no title yet.
    const waiting = new MutationObserver(() => {
      if (focusTitle()) waiting.disconnect();
    });
    waiting.observe(main.current, { childList: true, subtree: true });
    return () => waiting.disconnect();
  }, [section]);
  const { content: Content } = faces[section];
  return (
    <div class={styles.shell}>
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to the content; the address stays that of the section. */}
      <a
        class={styles.skip}
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          focusTitle();
        }}
      >
        {t('home.skip')}
      </a>
      <header class={styles.head}>
        <Brand class={styles.brand} />
        <div class={styles.account}>
          <AccountMenu user={user} />
        </div>
      </header>
      <nav class={styles.nav} aria-label={t('home.sections')}>
        {sectionsFor(level).map((each) => {
          const { icon: Picture } = faces[each];
          return (
            <a
              key={each}
              class={styles.tab}
              href={addressOf(each)}
              aria-current={each === section ? 'page' : undefined}
              data-testid={`section-${each}`}
            >
              <Picture />
              <span>{t(`section.${each}`)}</span>
              {each === 'calls' && unseen > 0 && (
                <span class={styles.count} data-testid="missed-calls">
                  <span aria-hidden="true">{unseen}</span>
                  <Hidden>{t('calls.unseen', { count: unseen })}</Hidden>
                </span>
              )}
            </a>
          );
        })}
      </nav>
      <main ref={main} id="content" class={styles.main}>
        <Connection />
        <div class={styles.content}>
          <Content key={section} />
        </div>
      </main>
    </div>
  );
}

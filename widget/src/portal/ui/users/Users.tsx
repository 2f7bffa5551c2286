import { useSignal } from '@preact/signals';
import { Button } from '../../../ui/controls/Button.tsx';
import { Hidden } from '../../../ui/controls/Hidden.tsx';
import { UserText } from '../../../ui/controls/UserText.tsx';
import { usePortal } from '../context.ts';
import { PlusIcon, SearchIcon } from '../icons.tsx';
import { Empty } from '../list/Empty.tsx';
import { Listing } from '../list/Listing.tsx';
import page from '../Page.module.css';
import { Page } from '../Page.tsx';
import { SearchField } from '../SearchField.tsx';
import { Pager } from './Pager.tsx';
import { type OpenUserDialog, UserDialogs } from './UserDialogs.tsx';
import { UserRow } from './UserRow.tsx';
import styles from './Users.module.css';

/** The users of the company, for its administrators. */
export function Users() {
  const { t, app, portal, format } = usePortal();
  const { list } = portal.users;
  const dialog = useSignal<OpenUserDialog | undefined>(undefined);
  const show = (next: OpenUserDialog | undefined) => {
    dialog.value = next;
  };
  const { user, level, company } = app.identity;
  return (
    <Page
      title={t('section.users')}
      sub={company.value && <UserText text={company.value.name} />}
      tools={
        <Button look="primary" data-testid="new-user" onClick={() => show({ kind: 'add' })}>
          <PlusIcon />
          {t('users.new')}
        </Button>
      }
    >
      <div class={page.head}>
        <SearchField
          label={t('users.search')}
          testId="search-users"
          onSearch={(text) => void portal.users.search(text)}
        />
        {list.items.value && (
          <p class={page.sub} role="status" data-testid="user-count">
            {t('users.count', { count: format.number(list.total.value) })}
          </p>
        )}
      </div>
      <Listing
        list={list}
        empty={<Empty icon={SearchIcon} title="search.none" text="search.noneText" testId="no-match" />}
      >
        <div class={page.card}>
          <table class={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('user.name')}</th>
                <th scope="col" class={styles.wideOnly}>
                  {t('user.email')}
                </th>
                <th scope="col" class={styles.wideOnly}>
                  {t('user.phone')}
                </th>
                <th scope="col" class={styles.levelOnly}>
                  {t('user.level')}
                </th>
                <th scope="col">
                  <Hidden>{t('menu.title')}</Hidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.items.value?.map((each) => (
                <UserRow
                  key={each.id}
                  user={each}
                  isSelf={each.id === user.value?.id}
                  // An administrator of a company may not change administrators of the platform.
                  mayChange={each.level !== 1 || level.value === 1}
                  onOpen={show}
                />
              ))}
            </tbody>
          </table>
        </div>
        <Pager list={list} />
      </Listing>
      {dialog.value && <UserDialogs open={dialog.value} onClose={() => show(undefined)} />}
    </Page>
  );
}

import type { User } from '@meetframe/contract';
import { useSignal } from '@preact/signals';
import { Avatar } from '../../../ui/controls/Avatar.tsx';
import { Hidden } from '../../../ui/controls/Hidden.tsx';
import { Menu } from '../../../ui/controls/Menu.tsx';
import { UserText } from '../../../ui/controls/UserText.tsx';
import { LeaveIcon } from '../../../ui/icons.tsx';
import { LockIcon, SettingsIcon } from '../../../ui/meetingIcons.tsx';
import { Settings } from '../../../ui/settings/Settings.tsx';
import { problemOf } from '../../view/problem.ts';
import { createPasswordForm, createProfileForm } from '../../view/userForms.ts';
import { usePortal } from '../context.ts';
import { FormDialog } from '../form/FormDialog.tsx';
import { UserIcon } from '../icons.tsx';
import styles from './AccountMenu.module.css';

type Open = 'profile' | 'password' | 'settings' | undefined;

/** Who is signed in, and what they may change about themselves. */
export function AccountMenu({ user }: { user: User }) {
  const { t, app, portal, notify } = usePortal();
  const open = useSignal<Open>(undefined);
  const close = () => {
    open.value = undefined;
  };
  const show = (what: Open) => () => {
    open.value = what;
  };
  const signOut = async () => {
    try {
      await app.identity.logout();
    } catch (error) {
      notify(problemOf(error), 'bad');
    }
  };
  const company = user.company ?? app.identity.company.value?.name;
  return (
    <>
      <Menu
        testId="account-menu"
        class={styles.button}
        face={
          <>
            <Avatar id={user.id} name={user.name} class={styles.face} />
            <Hidden>{t('account.menu')}</Hidden>
            <span class={styles.who}>
              <span class={styles.name}>
                <UserText text={user.name} />
              </span>
              {company && (
                <span class={styles.company}>
                  <UserText text={company} />
                </span>
              )}
            </span>
          </>
        }
        head={
          <div class={styles.head}>
            <p class={styles.name}>
              <UserText text={user.name} />
            </p>
            <p class={styles.company}>{user.email ?? user.account}</p>
          </div>
        }
        items={[
          { label: t('account.profile'), icon: UserIcon, testId: 'open-profile', run: show('profile') },
          { label: t('account.password'), icon: LockIcon, testId: 'open-password', run: show('password') },
          { label: t('account.settings'), icon: SettingsIcon, testId: 'open-settings', run: show('settings') },
          { label: t('account.signOut'), icon: LeaveIcon, testId: 'sign-out', run: () => void signOut() },
        ]}
      />
      {open.value === 'profile' && (
        <FormDialog create={() => createProfileForm(portal.account, user)} onClose={close} />
      )}
      {open.value === 'password' && (
        <FormDialog create={() => createPasswordForm(portal.account, user)} onClose={close} />
      )}
      {open.value === 'settings' && <Settings app={app} onClose={close} />}
    </>
  );
}

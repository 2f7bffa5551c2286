import type { User } from '@meetframe/contract';
import { useSignal } from '@preact/signals';
import { problemOf } from '../../../view/home/problem.ts';
import { Avatar } from '../../controls/Avatar.tsx';
import { LeaveIcon, SettingsIcon } from '../../icons.tsx';
import { Settings } from '../../settings/Settings.tsx';
import { useHome } from '../context.ts';
import { LockIcon, UserIcon } from '../icons.tsx';
import { Menu } from '../Menu.tsx';
import parts from '../parts.module.css';
import styles from './AccountMenu.module.css';
import { ChangePassword } from './ChangePassword.tsx';
import { ProfileDialog } from './ProfileDialog.tsx';

type Open = 'profile' | 'password' | 'settings' | undefined;

/** Who is signed in, and what they may change about themselves. */
export function AccountMenu({ user }: { user: User }) {
  const { t, app, say } = useHome();
  const open = useSignal<Open>(undefined);
  const close = () => {
    open.value = undefined;
  };
  const show = (what: Open) => () => {
    open.value = what;
  };
  const signOut = async () => {
    try {
      await app.session.logout();
    } catch (error) {
      say(problemOf(error), 'bad');
    }
  };
  const company = user.company ?? app.session.company.value?.name;
  return (
    <>
      <Menu
        testId="account-menu"
        class={styles.button}
        face={
          <>
            <Avatar id={user.id} name={user.name} class={styles.face} />
            <span class={parts.hidden}>{t('account.menu')}</span>
            <span class={styles.who}>
              <span class={styles.name}>{user.name}</span>
              {company && <span class={styles.company}>{company}</span>}
            </span>
          </>
        }
        head={
          <div class={styles.head}>
            <p class={styles.name}>{user.name}</p>
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
      {open.value === 'profile' && <ProfileDialog user={user} onClose={close} />}
      {open.value === 'password' && <ChangePassword onClose={close} />}
      {open.value === 'settings' && <Settings app={app} onClose={close} />}
    </>
  );
}

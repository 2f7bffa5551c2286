import { Menu } from '../../../ui/controls/Menu.tsx';
import { LockIcon, MoreIcon } from '../../../ui/meetingIcons.tsx';
import { EditIcon } from '../../../ui/panelIcons.tsx';
import type { CompanyUser } from '../../model/users.ts';
import { levelText } from '../../view/roles.ts';
import { Badge } from '../Badge.tsx';
import { usePortal } from '../context.ts';
import { TrashIcon } from '../icons.tsx';
import { Person } from '../Person.tsx';
import type { OpenUserDialog } from './UserDialogs.tsx';
import styles from './Users.module.css';

type Props = { user: CompanyUser; isSelf: boolean; mayChange: boolean; onOpen: (dialog: OpenUserDialog) => void };

export function UserRow({ user, isSelf, mayChange, onOpen }: Props) {
  const { t } = usePortal();
  const items = [
    { label: t('common.edit'), icon: EditIcon, testId: 'edit-user', run: () => onOpen({ kind: 'edit', user }) },
    // Users change their own password with the old one, and cannot delete themselves.
    ...(isSelf
      ? []
      : [
          {
            label: t('users.reset'),
            icon: LockIcon,
            testId: 'reset-password',
            run: () => onOpen({ kind: 'reset', user }),
          },
          {
            label: t('users.delete'),
            icon: TrashIcon,
            testId: 'delete-user',
            isGrave: true,
            run: () => onOpen({ kind: 'delete', user }),
          },
        ]),
  ];
  return (
    <tr data-testid="user" data-account={user.account}>
      <th scope="row">
        <div class={styles.person}>
          <Person
            id={user.id}
            name={user.name}
            mark={isSelf && <span class={styles.self}> {t('users.self')}</span>}
            detail={
              <>
                {user.account}
                <span class={styles.narrowOnly}> · {t(levelText(user.level))}</span>
              </>
            }
          />
        </div>
      </th>
      <td class={styles.wideOnly}>{user.email}</td>
      <td class={styles.wideOnly}>{user.phone}</td>
      <td class={styles.levelOnly}>
        <Badge {...(user.level <= 2 && { tone: 'brand' })}>{t(levelText(user.level))}</Badge>
      </td>
      <td class={styles.doing}>
        {mayChange && (
          <Menu label={t('menu.of', { name: user.name })} testId="user-menu" face={<MoreIcon />} items={items} />
        )}
      </td>
    </tr>
  );
}

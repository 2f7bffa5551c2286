import type { CompanyUser } from '../../../model/home/users.ts';
import { levelText } from '../../../view/home/roles.ts';
import { Avatar } from '../../controls/Avatar.tsx';
import { MoreIcon } from '../../icons.tsx';
import { useHome } from '../context.ts';
import { EditIcon, LockIcon, TrashIcon } from '../icons.tsx';
import { Menu } from '../Menu.tsx';
import parts from '../parts.module.css';
import { Badge } from '../parts.tsx';
import type { OpenUserDialog } from './UserDialogs.tsx';
import styles from './Users.module.css';

type Props = { user: CompanyUser; isSelf: boolean; mayChange: boolean; onOpen: (dialog: OpenUserDialog) => void };

export function UserRow({ user, isSelf, mayChange, onOpen }: Props) {
  const { t } = useHome();
  const items = [
    { label: t('common.edit'), icon: EditIcon, testId: 'edit-user', run: () => onOpen({ kind: 'edit', user }) },
    // One's own password is changed with the old one; nobody deletes themselves.
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
          <Avatar id={user.id} name={user.name} class={parts.face} />
          <div class={parts.who}>
            <p class={parts.name}>
              {user.name}
              {isSelf && <span class={styles.self}> {t('users.self')}</span>}
            </p>
            <p class={parts.detail}>
              {user.account}
              <span class={styles.narrowOnly}> · {t(levelText(user.level))}</span>
            </p>
          </div>
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

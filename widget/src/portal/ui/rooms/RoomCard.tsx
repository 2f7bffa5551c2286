import { Menu, type MenuItem } from '../../../ui/controls/Menu.tsx';
import { UserText } from '../../../ui/controls/UserText.tsx';
import { MicIcon, RoomIcon } from '../../../ui/icons.tsx';
import { LockIcon, MoreIcon, PeopleIcon } from '../../../ui/meetingIcons.tsx';
import { CopyIcon, EditIcon } from '../../../ui/panelIcons.tsx';
import { roomLink } from '../../../view/invitation.ts';
import type { ListedRoom } from '../../model/rooms.ts';
import { Badge } from '../Badge.tsx';
import { useCopyLink } from '../Copy.tsx';
import { usePortal } from '../context.ts';
import { PresentIcon, TrashIcon, UserIcon } from '../icons.tsx';
import type { OpenRoomDialog } from './RoomDialogs.tsx';
import styles from './Rooms.module.css';

const pictures = { 1: MicIcon, 2: RoomIcon, 3: PresentIcon };

type Props = { room: ListedRoom; mayChange: boolean; onOpen: (dialog: OpenRoomDialog) => void };

export function RoomCard({ room, mayChange, onOpen }: Props) {
  const { t, app, format } = usePortal();
  const copyLink = useCopyLink();
  const Picture = pictures[room.roomType];
  const isOwn = room.ownerId === app.identity.user.value?.id;
  const isRunning = room.superModeId !== null;
  const starts = isOwn && !isRunning;
  const copy: MenuItem = {
    label: t('invite.copyLink'),
    icon: CopyIcon,
    testId: 'copy-link',
    run: () => void copyLink(roomLink(location.href, room.id)),
  };
  const item = (kind: 'form' | 'password' | 'members' | 'delete', label: string, icon: MenuItem['icon']): MenuItem => ({
    label,
    icon,
    testId: `room-${kind}`,
    isGrave: kind === 'delete',
    run: () => onOpen({ kind, room }),
  });
  const items = [
    copy,
    ...(mayChange
      ? [
          item('form', t('common.edit'), EditIcon),
          item('password', t('rooms.password'), LockIcon),
          item('members', t('rooms.members'), UserIcon),
          item('delete', t('rooms.delete'), TrashIcon),
        ]
      : []),
  ];
  return (
    <li class={styles.card} data-testid="room" data-room={room.id}>
      <div class={styles.top}>
        <span class={styles.picture}>
          <Picture />
        </span>
        <div class={styles.badges}>
          {isRunning && <Badge tone="live">{t('phase.running')}</Badge>}
          {isOwn && <Badge tone="brand">{t('rooms.own')}</Badge>}
        </div>
        <Menu label={t('menu.of', { name: room.name })} testId="room-menu" face={<MoreIcon />} items={items} />
      </div>
      <div>
        <h2 class={styles.name}>
          <UserText text={room.name} />
        </h2>
        <p class={styles.number}>{t('lobby.room', { number: room.id })}</p>
      </div>
      {room.comment && (
        <p class={styles.comment}>
          <UserText text={room.comment} />
        </p>
      )}
      <div class={styles.badges}>
        <Badge icon={PeopleIcon}>{t('rooms.limit', { count: format.number(room.numberLimit) })}</Badge>
        {room.isHasPwd && <Badge icon={LockIcon}>{t('rooms.hasPassword')}</Badge>}
        {!room.isPublic && <Badge icon={UserIcon}>{t('rooms.private')}</Badge>}
      </div>
      <a
        class={styles.join}
        href={`#/?rd=${room.id}`}
        aria-label={t(starts ? 'rooms.startNamed' : 'appointment.joinNamed', { name: room.name })}
        data-testid="join-room"
      >
        {t(starts ? 'rooms.start' : 'join.action')}
      </a>
    </li>
  );
}

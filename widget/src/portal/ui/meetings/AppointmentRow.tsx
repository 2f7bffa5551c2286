import { Button } from '../../../ui/controls/Button.tsx';
import { Menu, type MenuItem } from '../../../ui/controls/Menu.tsx';
import { UserText } from '../../../ui/controls/UserText.tsx';
import { MoreIcon } from '../../../ui/meetingIcons.tsx';
import { CopyIcon, EditIcon } from '../../../ui/panelIcons.tsx';
import { inviteLink } from '../../../view/invitation.ts';
import type { AgendaRow } from '../../view/agenda.ts';
import { problemOf } from '../../view/problem.ts';
import { isAdmin } from '../../view/sections.ts';
import { Badge } from '../Badge.tsx';
import { useCopyLink } from '../Copy.tsx';
import { usePortal } from '../context.ts';
import { useEnter } from '../enter.ts';
import { TrashIcon } from '../icons.tsx';
import list from '../list/List.module.css';
import type { OpenDialog } from './dialog.ts';
import styles from './Meetings.module.css';

type Props = { row: AgendaRow; onOpen: (dialog: OpenDialog) => void };

export function AppointmentRow({ row, onOpen }: Props) {
  const { t, portal, app, format, notify } = usePortal();
  const { appointment, start, end, phase, opensAt, isOwn, isRepeating } = row;
  const { isEntering, enter } = useEnter();
  const copyLink = useCopyLink();
  const mayChange = isOwn || isAdmin(app.identity.level.value);
  const isOpen = phase === 'open' || phase === 'running';

  const edit = async () => {
    try {
      onOpen({ kind: 'form', details: await portal.appointments.details(appointment.id) });
    } catch (error) {
      notify(problemOf(error), 'bad');
    }
  };
  const copy: MenuItem = {
    label: t('invite.copyLink'),
    icon: CopyIcon,
    testId: 'copy-link',
    run: () =>
      void copyLink(
        portal.appointments.details(appointment.id).then(({ inviteCode }) => inviteLink(location.href, inviteCode)),
      ),
  };
  const items: MenuItem[] = [
    copy,
    ...(mayChange && phase !== 'over'
      ? [
          {
            label: t('common.edit'),
            icon: EditIcon,
            testId: 'edit',
            run: () => void edit(),
          },
          {
            label: t('appointment.cancel'),
            icon: TrashIcon,
            testId: 'cancel-appointment',
            isGrave: true,
            run: () => onOpen({ kind: 'cancel', id: appointment.id, name: appointment.name, isRepeating }),
          },
        ]
      : []),
  ];
  const by = isOwn ? t('appointment.byYou') : t('appointment.by', { name: appointment.from?.name ?? '—' });

  return (
    <li class={`${list.row} ${styles.row} ${isOpen ? styles.isNow : ''}`} data-testid="appointment" data-phase={phase}>
      <p class={styles.times}>
        <span class={styles.from}>{format.time(start)}</span>
        <span class={styles.to}>{format.time(end)}</span>
      </p>
      <div class={styles.what}>
        <div class={styles.line}>
          <button
            type="button"
            class={list.name}
            data-testid="appointment-name"
            onClick={() => onOpen({ kind: 'details', id: appointment.id })}
          >
            <UserText text={appointment.name} />
          </button>
          {phase === 'running' && <Badge tone="live">{t('phase.running')}</Badge>}
        </div>
        <p class={`${list.about} ${styles.about}`}>
          {[format.length(appointment.timeLength), by, isRepeating && t('appointment.repeats')]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <div class={`${list.doing} ${styles.doing}`}>
        {isOpen && (
          <Button
            look="primary"
            data-testid="join-appointment"
            aria-label={t('appointment.joinNamed', { name: appointment.name })}
            disabled={isEntering}
            onClick={() => void enter(appointment.id)}
          >
            {t('join.action')}
          </Button>
        )}
        {phase === 'early' && (
          <span class={styles.opens} data-testid="opens">
            {t('phase.opens', { time: format.time(opensAt) })}
          </span>
        )}
        <Menu
          label={t('menu.of', { name: appointment.name })}
          testId="appointment-menu"
          face={<MoreIcon />}
          items={items}
        />
      </div>
    </li>
  );
}

import { useSignal } from '@preact/signals';
import type { AgendaRow } from '../../../view/home/agenda.ts';
import { inviteLink } from '../../../view/home/invitation.ts';
import { problemOf } from '../../../view/home/problem.ts';
import { Button } from '../../controls/Button.tsx';
import { MoreIcon } from '../../icons.tsx';
import { useCopyLink } from '../Copy.tsx';
import { useHome } from '../context.ts';
import { settle } from '../enter.ts';
import { CopyIcon, EditIcon, TrashIcon } from '../icons.tsx';
import { Menu, type MenuItem } from '../Menu.tsx';
import parts from '../parts.module.css';
import { Badge } from '../parts.tsx';
import type { OpenDialog } from './AppointmentDialogs.tsx';
import styles from './Meetings.module.css';

type Props = { row: AgendaRow; onOpen: (dialog: OpenDialog) => void };

/** Goes into an appointment and says what stands in the way. */
export function useEnter() {
  const { home, format, say } = useHome();
  const isEntering = useSignal(false);
  return {
    isEntering: isEntering.value,
    async enter(meetingId: number): Promise<void> {
      isEntering.value = true;
      try {
        const why = settle(await home.entrance.appointment(meetingId), format);
        if (why) say(why, 'bad');
      } catch (error) {
        say(problemOf(error), 'bad');
      }
      isEntering.value = false;
    },
  };
}

export function AppointmentRow({ row, onOpen }: Props) {
  const { t, home, app, format, say } = useHome();
  const { appointment, start, end, phase, opensAt, isOwn } = row;
  const { isEntering, enter } = useEnter();
  const copyLink = useCopyLink();
  const mayChange = isOwn || app.session.level.value === 1 || app.session.level.value === 2;
  const isOpen = phase === 'open' || phase === 'running';

  const edit = async () => {
    try {
      onOpen({ kind: 'form', details: await home.appointments.details(appointment.id) });
    } catch (error) {
      say(problemOf(error), 'bad');
    }
  };
  const copy: MenuItem = {
    label: t('invite.copyLink'),
    icon: CopyIcon,
    testId: 'copy-link',
    run: () =>
      void copyLink(
        home.appointments.details(appointment.id).then(({ inviteCode }) => inviteLink(location.href, inviteCode)),
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
            run: () => onOpen({ kind: 'cancel', id: appointment.id, name: appointment.name }),
          },
        ]
      : []),
  ];
  const by = isOwn ? t('appointment.byYou') : t('appointment.by', { name: appointment.from?.name ?? '—' });

  return (
    <li class={`${parts.row} ${styles.row} ${isOpen ? styles.isNow : ''}`} data-testid="appointment" data-phase={phase}>
      <p class={styles.times}>
        <span class={styles.from}>{format.time(start)}</span>
        <span class={styles.to}>{format.time(end)}</span>
      </p>
      <div class={styles.what}>
        <div class={styles.line}>
          <button
            type="button"
            class={styles.name}
            data-testid="appointment-name"
            onClick={() => onOpen({ kind: 'details', id: appointment.id })}
          >
            {appointment.name}
          </button>
          {phase === 'running' && <Badge tone="live">{t('phase.running')}</Badge>}
        </div>
        <p class={styles.about}>
          {format.length(appointment.timeLength)} · {by}
        </p>
      </div>
      <div class={styles.doing}>
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
        {phase === 'early' && <span class={styles.opens}>{t('phase.opens', { time: format.time(opensAt) })}</span>}
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

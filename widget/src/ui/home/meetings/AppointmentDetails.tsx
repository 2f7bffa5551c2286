import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AppointmentDetails } from '../../../model/home/appointments.ts';
import { rowOf } from '../../../view/home/agenda.ts';
import { grouped, inviteLink } from '../../../view/home/invitation.ts';
import { problemOf } from '../../../view/home/problem.ts';
import { roleText } from '../../../view/home/roles.ts';
import type { Text } from '../../../view/home/text.ts';
import { Avatar } from '../../controls/Avatar.tsx';
import { Button } from '../../controls/Button.tsx';
import { Note } from '../../controls/Note.tsx';
import { CopyLine } from '../Copy.tsx';
import { useHome } from '../context.ts';
import { Dialog, DialogActions, DialogBody } from '../Dialog.tsx';
import { EditIcon, TrashIcon } from '../icons.tsx';
import parts from '../parts.module.css';
import { Badge, Skeleton } from '../parts.tsx';
import type { OpenDialog } from './AppointmentDialogs.tsx';
import { useEnter } from './AppointmentRow.tsx';
import { CopyInvitation } from './CopyInvitation.tsx';
import styles from './Details.module.css';

type Props = { id: number; show: (dialog: OpenDialog | undefined) => void; now: () => number };

/** Everything about one planned meeting. */
export function AppointmentDetailsDialog({ id, show, now }: Props) {
  const { t, home } = useHome();
  const details = useSignal<AppointmentDetails | undefined>(undefined);
  const problem = useSignal<Text | undefined>(undefined);
  useEffect(() => {
    void home.appointments.details(id).then(
      (answer) => {
        details.value = answer;
      },
      (error: unknown) => {
        problem.value = problemOf(error);
      },
    );
  }, [id, home]);
  const known = details.value;
  return (
    <Dialog
      title={known?.meeting.name ?? t('appointment.title')}
      onClose={() => show(undefined)}
      testId="details"
      isLight
      isWide
    >
      {known ? (
        <Known details={known} show={show} now={now} />
      ) : (
        <DialogBody>
          {problem.value ? (
            <Note tone="bad" role="alert" testId="form-problem">
              {t(problem.value.key, problem.value.params)}
            </Note>
          ) : (
            <Skeleton count={2} />
          )}
        </DialogBody>
      )}
    </Dialog>
  );
}

function Known({ details, show, now }: { details: AppointmentDetails } & Omit<Props, 'id'>) {
  const { t, app, format } = useHome();
  const { isEntering, enter } = useEnter();
  const { meeting, members, topics, inviteCode, type, mayChange } = details;
  const { session } = app;
  const { start, end, phase, opensAt } = rowOf(meeting, {
    now: now(),
    openBefore: session.openBefore.value,
    userId: session.user.value?.id,
  });
  const isOpen = phase === 'open' || phase === 'running';
  return (
    <>
      <DialogBody>
        <div class={parts.facts}>
          <strong data-testid="details-time">{format.range(start, end)}</strong>
          <span>{format.zone(start)}</span>
          <span>{t('appointment.by', { name: meeting.from?.name ?? '—' })}</span>
        </div>
        <div class={styles.badges}>
          {phase === 'running' && <Badge tone="live">{t('phase.running')}</Badge>}
          {phase === 'over' && <Badge>{t('phase.over')}</Badge>}
          {phase === 'early' && <Badge>{t('phase.opens', { time: format.moment(opensAt) })}</Badge>}
          <Badge>{t(`type.${type}`)}</Badge>
          <Badge>{format.length(meeting.timeLength)}</Badge>
        </div>
        {meeting.description && <p class={styles.description}>{meeting.description}</p>}
        <div class={parts.stack}>
          <CopyLine label={t('invite.link')} value={inviteLink(location.href, inviteCode)} testId="invite-link" />
          <CopyLine label={t('invite.code')} value={inviteCode} shown={grouped(inviteCode)} testId="invite-code" />
        </div>
        {topics.length > 0 && (
          <section class={parts.stack}>
            <h3 class={parts.subheading}>{t('schedule.topics')}</h3>
            <ol class={styles.topics}>
              {topics.map((topic) => (
                <li key={topic.title}>
                  {topic.title}
                  {topic.content && <p>{topic.content}</p>}
                </li>
              ))}
            </ol>
          </section>
        )}
        <section class={parts.stack}>
          <h3 class={parts.subheading}>{t('appointment.invited', { count: members.length })}</h3>
          {members.length === 0 ? (
            <p class={styles.none}>{t('appointment.nobody')}</p>
          ) : (
            <ul class={parts.people}>
              {members.map((member, index) => (
                // People without an account have nothing else of their own.
                <li key={index} class={parts.person}>
                  <Avatar id={member.id ?? index} name={member.name} class={parts.face} />
                  <div class={parts.who}>
                    <p class={parts.name}>{member.name}</p>
                    {member.email && <p class={parts.detail}>{member.email}</p>}
                  </div>
                  <Badge {...(member.role === '1' && { tone: 'brand' })}>{t(roleText(type, member.role))}</Badge>
                </li>
              ))}
            </ul>
          )}
        </section>
      </DialogBody>
      <DialogActions>
        {mayChange && phase !== 'over' && (
          <div class={styles.changes}>
            <Button
              look="bare"
              aria-label={t('common.edit')}
              title={t('common.edit')}
              data-testid="details-edit"
              onClick={() => show({ kind: 'form', details })}
            >
              <EditIcon />
            </Button>
            <Button
              look="bare"
              aria-label={t('appointment.cancel')}
              title={t('appointment.cancel')}
              data-testid="details-cancel"
              onClick={() => show({ kind: 'cancel', id: meeting.id, name: meeting.name })}
            >
              <TrashIcon />
            </Button>
          </div>
        )}
        <CopyInvitation details={details} />
        {isOpen && (
          <Button
            look="primary"
            data-testid="details-join"
            disabled={isEntering}
            onClick={() => void enter(meeting.id)}
          >
            {t('join.action')}
          </Button>
        )}
      </DialogActions>
    </>
  );
}

import { grouped } from '@meetframe/contract/grouped';
import { repeatText } from '@meetframe/contract/invitationText';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../../ui/controls/Button.tsx';
import { CopyLine } from '../../../ui/controls/CopyLine.tsx';
import dialog from '../../../ui/controls/Dialog.module.css';
import { Dialog, DialogActions, DialogBody } from '../../../ui/controls/Dialog.tsx';
import { Note } from '../../../ui/controls/Note.tsx';
import { UserText } from '../../../ui/controls/UserText.tsx';
import { EditIcon } from '../../../ui/panelIcons.tsx';
import { inviteLink } from '../../../view/invitation.ts';
import type { AppointmentDetails } from '../../model/appointments.ts';
import { rowOf } from '../../view/agenda.ts';
import { problemOf } from '../../view/problem.ts';
import { roleText } from '../../view/roles.ts';
import type { Text } from '../../view/text.ts';
import { Badge } from '../Badge.tsx';
import { usePortal } from '../context.ts';
import { useEnter } from '../enter.ts';
import { TrashIcon } from '../icons.tsx';
import { Skeleton } from '../list/Skeleton.tsx';
import type { OpenDialog } from '../meetings/dialog.ts';
import people from '../Person.module.css';
import { Person } from '../Person.tsx';
import { CalendarButton } from './CalendarButton.tsx';
import { CopyInvitation } from './CopyInvitation.tsx';
import styles from './Details.module.css';
import { useRegion } from './region.ts';

type Props = { id: number; show: (dialog: OpenDialog | undefined) => void; now: () => number };

/** Everything about one planned meeting. */
export function AppointmentDetailsDialog({ id, show, now }: Props) {
  const { t, portal } = usePortal();
  const details = useSignal<AppointmentDetails | undefined>(undefined);
  const problem = useSignal<Text | undefined>(undefined);
  useEffect(() => {
    void portal.appointments.details(id).then(
      (answer) => {
        details.value = answer;
      },
      (error: unknown) => {
        problem.value = problemOf(error);
      },
    );
  }, [id, portal]);
  const known = details.value;
  return (
    <Dialog
      title={known ? <UserText text={known.meeting.name} /> : t('appointment.title')}
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
              {t(problem.value)}
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
  const { t, app, format } = usePortal();
  const { isEntering, enter } = useEnter();
  const { meeting, members, topics, inviteCode, type, mayChange, series } = details;
  const region = useRegion();
  const { identity } = app;
  const { start, end, phase, opensAt } = rowOf(meeting, {
    now: now(),
    openBefore: identity.openBefore.value,
    userId: identity.user.value?.id,
  });
  const isOpen = phase === 'open' || phase === 'running';
  return (
    <>
      <DialogBody>
        <div class={dialog.facts}>
          <strong data-testid="details-time">{format.range(start, end)}</strong>
          <span>{format.zone(start)}</span>
          {series && <span data-testid="details-repeat">{repeatText(series, region)}</span>}
          <span>{t('appointment.by', { name: meeting.from?.name ?? '—' })}</span>
        </div>
        <div class={styles.badges}>
          {phase === 'running' && <Badge tone="live">{t('phase.running')}</Badge>}
          {phase === 'over' && <Badge>{t('phase.over')}</Badge>}
          {phase === 'early' && <Badge>{t('phase.opens', { time: format.moment(opensAt) })}</Badge>}
          <Badge>{t(`type.${type}`)}</Badge>
          <Badge>{format.length(meeting.timeLength)}</Badge>
        </div>
        {meeting.description && (
          <p class={styles.description}>
            <UserText text={meeting.description} />
          </p>
        )}
        <div class={dialog.stack}>
          <CopyLine label={t('invite.link')} value={inviteLink(location.href, inviteCode)} testId="invite-link" />
          <CopyLine label={t('invite.code')} value={inviteCode} shown={grouped(inviteCode)} testId="invite-code" />
          <CalendarButton inviteCode={inviteCode} />
        </div>
        {topics.length > 0 && (
          <section class={dialog.stack}>
            <h3 class={styles.subheading}>{t('schedule.topics')}</h3>
            <ol class={styles.topics}>
              {topics.map((topic) => (
                <li key={topic.title}>
                  <UserText text={topic.title} />
                  {topic.content && (
                    <p>
                      <UserText text={topic.content} />
                    </p>
                  )}
                </li>
              ))}
            </ol>
          </section>
        )}
        <section class={dialog.stack}>
          <h3 class={styles.subheading}>{t('appointment.invited', { count: members.length })}</h3>
          {members.length === 0 ? (
            <p class={styles.none}>{t('appointment.nobody')}</p>
          ) : (
            <ul class={people.people}>
              {members.map((member, index) => (
                // People without an account have no other unique field.
                <li key={index} class={people.person}>
                  <Person id={member.id ?? index} name={member.name} detail={member.email} />
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
              onClick={() => show({ kind: 'cancel', id: meeting.id, name: meeting.name, isRepeating: series !== null })}
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

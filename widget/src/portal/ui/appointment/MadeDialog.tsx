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
import { inviteLink } from '../../../view/invitation.ts';
import type { AppointmentDetails, MadeAppointment } from '../../model/appointments.ts';
import { usePortal } from '../context.ts';
import { useEnter } from '../enter.ts';
import { CalendarButton } from './CalendarButton.tsx';
import { CopyInvitation } from './CopyInvitation.tsx';
import { useRegion } from './region.ts';

type Props = { title: string; name: string; made: MadeAppointment; onClose: () => void };

/** After a meeting was created: the invitation to send, and a button to enter if the meeting is already open. */
export function MadeDialog({ title, name, made, onClose }: Props) {
  const { t, portal, format, app } = usePortal();
  const { isEntering, enter } = useEnter();
  const details = useSignal<AppointmentDetails | undefined>(undefined);
  useEffect(() => {
    // If it fails, only the times are missing here.
    void portal.appointments.details(made.meetingId).then(
      (answer) => {
        details.value = answer;
      },
      () => undefined,
    );
  }, [made.meetingId, portal]);
  const meeting = details.value?.meeting;
  const series = details.value?.series;
  const region = useRegion();
  const start = meeting && Date.parse(meeting.startTime);
  const now = Date.now() + app.identity.clockOffset.value;
  const isOpen = start !== undefined && now >= start - app.identity.openBefore.value;
  return (
    <Dialog title={title} onClose={onClose} testId="made" isLight>
      <DialogBody>
        <div class={dialog.facts}>
          <strong>
            <UserText text={name} />
          </strong>
          {meeting && start !== undefined && <span>{format.range(start, Date.parse(meeting.endTime))}</span>}
          {series && <span data-testid="made-repeat">{repeatText(series, region)}</span>}
        </div>
        {made.mail.sent > 0 && (
          <p class={dialog.prose} data-testid="made-mailed">
            {t('mail.sent', { count: made.mail.sent })}
          </p>
        )}
        {made.mail.unsent > 0 && (
          <Note tone="warning" testId="made-unmailed">
            {t('mail.unsent', { count: made.mail.unsent })}
          </Note>
        )}
        <p class={dialog.prose}>{t('invite.send')}</p>
        <div class={dialog.stack}>
          <CopyLine label={t('invite.link')} value={inviteLink(location.href, made.inviteCode)} testId="invite-link" />
          <CopyLine
            label={t('invite.code')}
            value={made.inviteCode}
            shown={grouped(made.inviteCode)}
            testId="invite-code"
          />
          <CalendarButton inviteCode={made.inviteCode} />
        </div>
      </DialogBody>
      <DialogActions>
        {details.value && <CopyInvitation details={details.value} />}
        {isOpen ? (
          <Button
            look="primary"
            data-testid="join-made"
            disabled={isEntering}
            onClick={() => void enter(made.meetingId)}
          >
            {t('invite.joinNow')}
          </Button>
        ) : (
          <Button look="primary" data-testid="done" onClick={onClose}>
            {t('common.done')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

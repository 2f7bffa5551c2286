import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AppointmentDetails, MadeAppointment } from '../../../model/home/appointments.ts';
import { grouped, inviteLink } from '../../../view/home/invitation.ts';
import { Button } from '../../controls/Button.tsx';
import { CopyLine } from '../Copy.tsx';
import { useHome } from '../context.ts';
import { Dialog, DialogActions, DialogBody } from '../Dialog.tsx';
import parts from '../parts.module.css';
import { useEnter } from './AppointmentRow.tsx';
import { CopyInvitation } from './CopyInvitation.tsx';

type Props = { title: string; name: string; made: MadeAppointment; onClose: () => void };

/** A meeting was made: what to send to the others, and the way in when it is open already. */
export function MadeDialog({ title, name, made, onClose }: Props) {
  const { t, home, format, app } = useHome();
  const { isEntering, enter } = useEnter();
  const details = useSignal<AppointmentDetails | undefined>(undefined);
  useEffect(() => {
    // Without it only the times are missing here.
    void home.appointments.details(made.meetingId).then(
      (answer) => {
        details.value = answer;
      },
      () => undefined,
    );
  }, [made.meetingId, home]);
  const meeting = details.value?.meeting;
  const start = meeting && Date.parse(meeting.startTime);
  const now = Date.now() + app.session.clockOffset.value;
  const isOpen = start !== undefined && now >= start - app.session.openBefore.value;
  return (
    <Dialog title={title} onClose={onClose} testId="made" isLight>
      <DialogBody>
        <div class={parts.facts}>
          <strong>{name}</strong>
          {meeting && start !== undefined && <span>{format.range(start, Date.parse(meeting.endTime))}</span>}
        </div>
        <p class={parts.prose}>{t('invite.send')}</p>
        <div class={parts.stack}>
          <CopyLine label={t('invite.link')} value={inviteLink(location.href, made.inviteCode)} testId="invite-link" />
          <CopyLine
            label={t('invite.code')}
            value={made.inviteCode}
            shown={grouped(made.inviteCode)}
            testId="invite-code"
          />
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

import type { AppointmentDetails } from '../../model/appointments.ts';
import { invitationText } from '../../view/invitation.ts';
import { CopyButton } from '../Copy.tsx';
import { usePortal } from '../context.ts';

/** Copies an invitation to send to others: name, time, link and code. */
export function CopyInvitation({ details: { meeting, inviteCode } }: { details: AppointmentDetails }) {
  const { t, app, format } = usePortal();
  const start = Date.parse(meeting.startTime);
  const end = Date.parse(meeting.endTime);
  const invited = { name: meeting.name, start, end, inviteCode };
  const text = invitationText(invited, { from: app.identity.user.value?.name, page: location.href }, t, format);
  return <CopyButton text={text} label={t('invite.copyAll')} testId="copy-invitation" />;
}

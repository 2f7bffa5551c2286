import type { AppointmentDetails } from '../../../model/home/appointments.ts';
import { invitationText } from '../../../view/home/invitation.ts';
import { CopyButton } from '../Copy.tsx';
import { useHome } from '../context.ts';

/** Copies an invitation as one sends it: name, time, link and code. */
export function CopyInvitation({ details: { meeting, inviteCode } }: { details: AppointmentDetails }) {
  const { t, format } = useHome();
  const start = Date.parse(meeting.startTime);
  const end = Date.parse(meeting.endTime);
  const text = invitationText({ name: meeting.name, start, end, inviteCode }, location.href, t, format);
  return <CopyButton text={text} label={t('invite.copyAll')} testId="copy-invitation" />;
}

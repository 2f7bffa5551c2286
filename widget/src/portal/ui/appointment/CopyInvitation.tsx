import { invitationText } from '@meetframe/contract/invitationText';
import { inviteLink, pageOf } from '../../../view/invitation.ts';
import type { AppointmentDetails } from '../../model/appointments.ts';
import { CopyButton } from '../Copy.tsx';
import { usePortal } from '../context.ts';
import { useRegion } from './region.ts';

/** Copies an invitation to send to others: who invites, name, time, link and code. */
export function CopyInvitation({ details: { meeting, inviteCode, series } }: { details: AppointmentDetails }) {
  const { t, app } = usePortal();
  const facts = {
    from: app.identity.user.value?.name,
    name: meeting.name,
    start: Date.parse(meeting.startTime),
    end: Date.parse(meeting.endTime),
    link: inviteLink(location.href, inviteCode),
    inviteCode,
    page: pageOf(location.href),
    series,
  };
  const text = invitationText(facts, useRegion());
  return <CopyButton text={text} label={t('invite.copyAll')} testId="copy-invitation" />;
}

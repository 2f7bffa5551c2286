import { grouped, inviteLink } from '../../view/invitation.ts';
import type { Format } from './format.ts';
import type { PortalTranslate } from './text.ts';

/** The text of an invitation: a few lines of plain text. */
export const invitationText = (
  meeting: { name: string; start: number; end: number; inviteCode: string },
  page: string,
  t: PortalTranslate,
  format: Format,
): string =>
  [
    meeting.name,
    `${format.range(meeting.start, meeting.end)} (${format.zone(meeting.start)})`,
    '',
    `${t('invite.link')}: ${inviteLink(page, meeting.inviteCode)}`,
    `${t('invite.code')}: ${grouped(meeting.inviteCode)}`,
  ].join('\n');

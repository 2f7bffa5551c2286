import { grouped, inviteLink } from '../../view/invitation.ts';
import type { Format } from './format.ts';
import type { PortalTranslate } from './text.ts';

type Invited = { name: string; start: number; end: number; inviteCode: string };

/** The text of an invitation: a few lines of plain text. `from`: who invites. */
export const invitationText = (
  { name, start, end, inviteCode }: Invited,
  { from, page }: { from: string | undefined; page: string },
  t: PortalTranslate,
  format: Format,
): string =>
  [
    ...(from ? [t('invite.from', { name: from })] : []),
    name,
    `${format.range(start, end)} (${format.zone(start)})`,
    '',
    `${t('invite.link')}: ${inviteLink(page, inviteCode)}`,
    `${t('invite.code')}: ${grouped(inviteCode)}`,
  ].join('\n');

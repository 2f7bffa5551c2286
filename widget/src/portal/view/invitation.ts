import type { Format } from './format.ts';
import type { PortalTranslate } from './text.ts';

/** The address that opens a meeting; `page` is the address of this page. */
export const inviteLink = (page: string, inviteCode: string): string => {
  const { origin, pathname } = new URL(page);
  return `${origin}${pathname}#/?code=${inviteCode}`;
};

export const roomLink = (page: string, roomId: number): string => {
  const { origin, pathname } = new URL(page);
  return `${origin}${pathname}#/?rd=${roomId}`;
};

/** A code in groups, as people read it out. */
export const grouped = (code: string): string => code.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');

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

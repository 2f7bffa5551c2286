import { grouped } from '@meetframe/contract/grouped';
import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { Inviting } from '../model/meeting/inviting.ts';
import { ofScreen } from '../model/meeting/ofScreen.ts';

/** This page without what follows its path. */
export const pageOf = (page: string): string => {
  const { origin, pathname } = new URL(page);
  return `${origin}${pathname}`;
};

/** The address that opens a meeting; `page` is the address of this page. */
export const inviteLink = (page: string, inviteCode: string): string => `${pageOf(page)}#/?code=${inviteCode}`;

export const roomLink = (page: string, roomId: number): string => `${pageOf(page)}#/?rd=${roomId}`;

/** The link and the number with which people can join the meeting. */
export const InvitationView = createModel((app: AppModel) => {
  const { invitation, calendarFile } = ofScreen(app.meeting, Inviting);
  const number = computed(() => invitation.value?.inviteCode ?? String(app.meeting.roster.room.value?.id ?? ''));
  return {
    link: computed(() => {
      const { room } = app.meeting.roster;
      const code = invitation.value?.inviteCode;
      return code ? inviteLink(location.href, code) : roomLink(location.href, room.value?.id ?? 0);
    }),
    isLoaded: computed(() => invitation.value !== undefined),
    /** As it is typed on the platform's page. */
    number,
    shownNumber: computed(() => grouped(number.value)),
    isCode: computed(() => invitation.value?.inviteCode != null),
    /** Only members of the room can use the link. */
    isForMembers: computed(
      () => invitation.value !== undefined && !invitation.value.isPublic && invitation.value.inviteCode === null,
    ),
    /** Fetches the file for calendars; `undefined` when the meeting is no appointment. */
    calendarFile: computed(() => {
      const code = invitation.value?.inviteCode;
      return code ? () => calendarFile(code) : undefined;
    }),
    hasPassword: computed(() => invitation.value?.isHasPwd === true),
    name: app.meeting.roster.title,
  };
});
export type InvitationModel = InstanceType<typeof InvitationView>;

import type { AppModel } from '../model/compose.ts';

/** The room's logo, else that of the company whose user is logged in. */
export const logoOf = ({ meeting, lobbyRoom, identity }: AppModel): string | null =>
  (meeting.roster.room.value ?? lobbyRoom.value)?.logo ?? identity.company.value?.logo ?? null;

import type { AppModel } from '../model/compose.ts';

/** The page's logo, else the room's, else that of the company whose user is logged in. */
export const logoOf = ({ brand, meeting, lobbyRoom, identity }: AppModel): string | null =>
  brand.value.logo ?? (meeting.roster.room.value ?? lobbyRoom.value)?.logo ?? identity.company.value?.logo ?? null;

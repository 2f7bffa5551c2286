import type { AppModel } from '../model/types.ts';

/** The room's logo, else that of the company whose user is logged in. */
export const logoOf = ({ meeting, lobbyRoom, session }: AppModel): string | null =>
  (meeting.room.value ?? lobbyRoom.value)?.logo ?? session.company.value?.logo ?? null;

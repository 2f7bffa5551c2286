import type { Participant } from '../meeting/participant.ts';
import type { AppRow, UserRow } from '../store/tables.ts';
import type { Session } from './session.ts';

/** The app on whose behalf somebody calls. The platform's own page is one too, `signed` false. */
export type CallerApp = { id: string; name: string; companyId: number | null; origins: string[]; signed: boolean };

/** Who calls: filled by the gateway, read by the handlers. */
export type Caller = {
  ip: string;
  app: CallerApp | undefined;
  user: UserRow | undefined;
  SID: string | undefined;
  /** The live session of a socket; absent over HTTP. */
  session: Session | undefined;
  participant: Participant | undefined;
};

export const platformApp: CallerApp = {
  id: 'platform',
  name: 'MeetFrame',
  companyId: null,
  origins: [],
  signed: false,
};

export const signedApp = (row: AppRow): CallerApp => ({
  id: row.id,
  name: row.name,
  companyId: row.companyId,
  origins: row.origins.split(' ').filter(Boolean),
  signed: true,
});

import type { CallerApp } from '../account/app.ts';
import type { Participant } from '../meeting/participant.ts';
import type { UserRow } from '../store/tables.ts';
import type { Session } from './session.ts';

/** Who calls: filled by the gateway, read by the handlers. */
export type Caller = {
  ip: string;
  /** What the terminal says of itself. */
  device?: string | undefined;
  app: CallerApp | undefined;
  /** The sign that says so. */
  sign: string | undefined;
  user: UserRow | undefined;
  SID: string | undefined;
  /** The live session of a socket; absent over HTTP. */
  session: Session | undefined;
  participant: Participant | undefined;
};

import type { Emit } from '@meetframe/contract/api';
import { fail } from '../errors.ts';
import type { Participant } from '../meeting/participant.ts';
import type { UserRow } from '../store/tables.ts';
import type { CallerApp } from './app.ts';

/** A connected device as features see it. It outlives its socket for some time, so that the same device can come back. */
export type CallingDevice = {
  /** Names it to others; nothing can be done with it alone. */
  readonly id: string;
  readonly ip: string;
  readonly app: CallerApp;
  readonly user: UserRow | undefined;
  readonly signExpired: boolean;
  /** Terminal type, such as `pc`. */
  readonly mode: string;
  /** How its media should travel; see `session.hello`. */
  readonly relayServer: string | undefined;
  readonly relay: 'relay' | 'all';
  readonly transport: 'udp' | 'tcp' | undefined;
  readonly connected: boolean;
  /** It cannot come back: what still runs for it must not take a seat. */
  readonly ended: boolean;
  /** How often it asked to leave: an entry that was under way then must not succeed any more. */
  exits: number;
  participant: Participant | undefined;
  /** Rooms that an invite code opened for this device, with the appointment that the code is of. */
  readonly admitted: Map<number, number>;
  emit: Emit;
};

/** Who calls: filled by the gateway, read by the handlers. */
export type Caller = {
  ip: string;
  /** What the client program says of itself. */
  userAgent: string | undefined;
  app: CallerApp | undefined;
  /** The sign that speaks for the app. */
  sign: string | undefined;
  user: UserRow | undefined;
  SID: string | undefined;
  /** Absent over HTTP. */
  device: CallingDevice | undefined;
  participant: Participant | undefined;
};

/** The user that calls; rows of level `user` and above are not run without. */
export const userOf = (caller: Caller): UserRow => caller.user ?? fail('UNAUTHENTICATED', 'This needs a login.');

/** The device that calls; rows marked `overSocket` are not run without. */
export const deviceOf = (caller: Caller): CallingDevice =>
  caller.device ?? fail('UNSUPPORTED', 'This works over the socket only.');

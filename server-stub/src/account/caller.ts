import type { Emit } from '@meetframe/contract/api';
import type { Locale } from '@meetframe/contract/look';
import type { SeatRef } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import type { UserRow } from '../users/tables.ts';
import type { CallerApp } from './app.ts';

/** A user who is called without a login: the id that the page chose, and the row that stands for the guest in calls. */
export type Guest = { id: number; user: UserRow };

/** A connected device as features see it. It outlives its socket for a while, so that the client can resume. */
export type CallingDevice = {
  /** Public id. It gives no access. */
  readonly id: string;
  /** A secret of the client that stays when its session is lost. */
  readonly person: string;
  readonly ip: string;
  readonly app: CallerApp;
  readonly user: UserRow | undefined;
  /** The guest who uses the device in calls without a login. */
  readonly guest: Guest | undefined;
  /** True when its page lets a user who is not logged in take part in calls. */
  readonly takesGuests: boolean;
  readonly signExpired: boolean;
  /** Terminal type, such as `pc`. */
  readonly mode: string;
  /** The language of its browser. */
  readonly locale: Locale;
  /** How its media should be transported; see `session.hello`. */
  readonly relayServer: string | undefined;
  readonly relay: 'relay' | 'all';
  readonly transport: 'udp' | 'tcp' | undefined;
  readonly connected: boolean;
  /** Resolves when it is connected, or has ended. */
  present(): Promise<void>;
  /** Aborted when it has ended. */
  readonly gone: AbortSignal;
  /** True when the device cannot resume: requests still under way must not take a seat for it. */
  readonly ended: boolean;
  /** Terminal type under which it is registered for calls; `undefined` when its user cannot be called on it. */
  callable: string | undefined;
  /** Terminal type that its client named when it called or answered (`ownDeviceType`), in place of the registered one. */
  callType: string | undefined;
  /** When its connection was lost, by the monotonic clock in milliseconds; `undefined` while it is connected. */
  readonly lostAt: number | undefined;
  /** When its client last sent a message, by the same clock. */
  readonly heardAt: number;
  /** Its seat in a meeting. */
  seat: SeatRef | undefined;
  /** Ids of the rooms that an invite code opened for this device, with the id of the code's appointment. */
  readonly admitted: Map<number, number>;
  emit: Emit;
};

/** The caller of a request: filled in by the gateway, read by the handlers. */
export type Caller = {
  ip: string;
  /** The `User-Agent` header. */
  userAgent: string | undefined;
  app: CallerApp | undefined;
  /** The sign that authenticates the app. */
  sign: string | undefined;
  user: UserRow | undefined;
  SID: string | undefined;
  /** Absent over HTTP. */
  device: CallingDevice | undefined;
  /** Its seat in a meeting; a reference, because another node may run the meeting. */
  seat: SeatRef | undefined;
};

/** The calling user. Methods of level `user` and above are not run without one. */
export const userOf = (caller: Caller): UserRow => caller.user ?? fail('UNAUTHENTICATED', 'This needs a login.');

/** The device that calls. Methods marked `overSocket` are not run without one. */
export const deviceOf = (caller: Caller): CallingDevice =>
  caller.device ?? fail('UNSUPPORTED', 'This works over the socket only.');

/**
 * The user or guest who wants access to a room or an appointment. `admitted`: ids of the rooms that an invite code opened for this connection, with the
 * id of the code's appointment.
 */
export type Asker = {
  app: CallerApp | undefined;
  user: UserRow | undefined;
  ip: string;
  admitted?: ReadonlyMap<number, number> | undefined;
  /** The guest in calls (chapter 4), for a device without a login. */
  guest?: UserRow | undefined;
};

/** The caller as rooms and appointments see it. */
export const askerOf = ({ app, user, ip, device }: Caller): Asker => ({
  ...{ app, user, ip, admitted: device?.admitted },
  guest: device?.guest?.user,
});

import type { UserRow } from '../users/tables.ts';

export type Login = { user: UserRow; SID: string };

/** The logins of connected devices, by the devices' public ids. The gateway implements it. */
export type Logins = {
  open(deviceId: string, login: Login): void;
  close(deviceId: string): void;
  /** Ends logins, on all nodes: their devices leave their meetings and are told. */
  end(
    which: { userId: number; exceptSID?: string | undefined } | { SID: string; exceptDevice?: string | undefined },
  ): void;
  /** Replaces the user's row on all devices of the user, because it changed. */
  refresh(user: UserRow): void;
};

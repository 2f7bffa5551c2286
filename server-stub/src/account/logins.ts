import type { Emit } from '@meetframe/contract/api';
import type { UserRow } from '../store/tables.ts';

export type Login = { user: UserRow; SID: string };

/** The logins of connected devices, which are named by their public ids. The gateway keeps them. */
export type Logins = {
  open(deviceId: string, login: Login): void;
  close(deviceId: string): void;
  /** Ends logins: their devices leave their meetings and are told. */
  end(
    which: { userId: number; exceptSID?: string | undefined } | { SID: string; exceptDevice?: string | undefined },
  ): void;
  /** The user's data changed: calls from the user's devices go by these from now on. */
  refresh(user: UserRow): void;
};

/** How features tell something to those who did not call. */
export type Outbox = {
  /** All devices that the user is logged in on. */
  toUser(userId: number): { emit: Emit };
};

import { accountMethods } from '@meetframe/contract/account';
import { type Checked, implement } from '@meetframe/contract/define';
import type { SeatRef } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import type { Users } from '../users/users.ts';
import type { Accounts } from './account.ts';
import { type Caller, userOf } from './caller.ts';
import type { Logins } from './logins.ts';
import { requireSelf } from './standing.ts';

export type AccountServices = {
  accounts: Accounts;
  users: Users;
  logins: Logins;
  /** Who logs out leaves the meeting. */
  meetings: { leave(seat: SeatRef | undefined): unknown };
};

export const accountHandlers = ({ accounts, users, logins, meetings }: AccountServices) => {
  const dockingLogin = async (input: Checked<(typeof accountMethods)['account.dockingLogin']>, caller: Caller) => {
    const sign =
      input.sign ??
      caller.sign ??
      fail('INVALID_ARGUMENT', 'account.dockingLogin: the sign is missing; sign should be the sign of an app.', {
        field: 'sign',
        expected: 'string',
      });
    const found = await accounts.dockingLogin({ ...input, sign }, caller);
    if (found.result !== 0) return { result: found.result };
    const { row, ...answer } = found;
    if (caller.device) logins.open(caller.device.id, { user: row, SID: answer.SID });
    return answer;
  };

  return implement(accountMethods)<Caller>({
    'account.login': async ({ name, password }, caller) => {
      const found = await accounts.login(
        name,
        password,
        caller.app ?? fail('UNAUTHENTICATED', 'This connection has no app: its sign is missing.'),
        caller,
      );
      if (found.result !== 0) return { result: found.result };
      const { row, user, company, level, SID } = found;
      if (caller.device) logins.open(caller.device.id, { user: row, SID });
      return { result: 0, user, company: company ?? undefined, level, SID };
    },
    'account.logout': async ({ userId }, caller) => {
      const isLoggedIn = caller.user !== undefined;
      if (isLoggedIn) requireSelf(caller.user, userId);
      meetings.leave(caller.seat);
      if (caller.SID) {
        await accounts.logout(caller.SID);
        logins.end({ SID: caller.SID, exceptDevice: caller.device?.id });
      }
      if (caller.device) logins.close(caller.device.id);
      return { result: isLoggedIn ? 0 : 1 };
    },
    'account.dockingLogin': dockingLogin,
    'account.dotokenLogin': dockingLogin,
    'account.modifyPassword': async ({ userId, oldpassword, password }, caller) => {
      const user = userOf(caller);
      requireSelf(user, userId);
      const result = await accounts.modifyPassword(user, {
        SID: caller.SID,
        ip: caller.ip,
        old: oldpassword,
        fresh: password,
      });
      if (result === 0) logins.end({ userId: user.id, exceptSID: caller.SID });
      return { result };
    },
    'account.resetPassword': async ({ userId, password }, caller) => {
      const asker = userOf(caller);
      const row = await users.findToAdminister(userId, asker);
      if (row.id === asker.id) fail('FORBIDDEN', 'Change your own password with modifyPassword.', { field: 'userId' });
      if (row.password === null) return { result: 1 };
      await accounts.setPassword(row, password, { source: `user ${asker.id}` });
      logins.end({ userId });
      return { result: 0 };
    },
  });
};

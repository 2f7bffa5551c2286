import { accountMethods } from '@meetframe/contract/account';
import { type Checked, implement } from '@meetframe/contract/define';
import { requireSelf } from '../../account/standing.ts';
import { fail } from '../../errors.ts';
import type { Caller } from '../caller.ts';
import { endSessions } from '../presence.ts';
import { type Services, userOf } from './services.ts';

export const accountHandlers = ({ accounts, users, meetings, sessions }: Services) => {
  const dockingLogin = async (input: Checked<(typeof accountMethods)['account.dockingLogin']>, caller: Caller) => {
    const sign =
      input.sign ??
      caller.sign ??
      fail('INVALID_ARGUMENT', 'account.dockingLogin: sign should be the sign of an app.', {
        field: 'sign',
        expected: 'string',
      });
    const { row, ...answer } = await accounts.dockingLogin({ ...input, sign }, caller);
    if (caller.session && row && 'SID' in answer) Object.assign(caller.session, { user: row, SID: answer.SID });
    return answer;
  };

  return implement(accountMethods)<Caller>({
    'account.login': async ({ name, password }, caller) => {
      const found = await accounts.login(name, password, caller.app ?? fail('UNAUTHENTICATED', 'No app.'), caller);
      if (found.result !== 0) return { result: found.result };
      const { row, user, company, level, SID } = found;
      if (caller.session) Object.assign(caller.session, { user: row, SID });
      return { result: 0, user, company: company ?? undefined, level, SID };
    },
    'account.logout': async ({ userId }, caller) => {
      const isSomebody = caller.user !== undefined;
      if (isSomebody) requireSelf(caller.user, userId);
      if (caller.participant) meetings.leave(caller.participant);
      if (caller.SID) {
        await accounts.logout(caller.SID);
        endSessions(sessions, (session) => session.SID === caller.SID && session !== caller.session);
      }
      if (caller.session) Object.assign(caller.session, { user: undefined, SID: undefined });
      return { result: isSomebody ? 0 : 1 };
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
      if (result === 0) endSessions(sessions, (session) => session.user?.id === user.id && session.SID !== caller.SID);
      return { result };
    },
    'account.resetPassword': async ({ userId, password }, caller) => {
      const asker = userOf(caller);
      const row = await users.findToAdminister(userId, asker);
      if (row.id === asker.id)
        fail('FORBIDDEN', 'One’s own password is changed with modifyPassword.', { field: 'userId' });
      if (row.password === null) return { result: 1 };
      await accounts.setPassword(row, password);
      endSessions(sessions, (session) => session.user?.id === userId);
      return { result: 0 };
    },
  });
};

import { implement } from '@meetframe/contract/define';
import { userMethods } from '@meetframe/contract/users';
import { isAdministrator, requireSelf } from '../../account/standing.ts';
import type { Caller } from '../caller.ts';
import { endSessions, refreshSessions } from '../presence.ts';
import { pageOf, pagesOf, type Services, userOf } from './services.ts';

export const userHandlers = ({ users, accounts, sessions }: Services) =>
  implement(userMethods)<Caller>({
    'user.searchUserByOrgId': async ({ orgId, userId, name, ...page }, caller) => {
      const asker = userOf(caller);
      requireSelf(asker, userId);
      const found = await users.search({ orgId, name, ...pageOf(page) }, asker);
      return { ...found, totalPage: pagesOf(found.totalCount, page.pageSize) };
    },
    'user.addUser': async (input, caller) => {
      const userId = await users.add(input, userOf(caller));
      return userId === undefined ? { result: 1 } : { result: 0, userId };
    },
    'user.modifyUser': async ({ userId, ...input }, caller) => {
      const asker = userOf(caller);
      const before = await users.findToAdminister(userId, asker);
      const row = await users.modify(userId, input, asker);
      // Signing an administrator on takes more than a sign (6.2): sessions that a sign alone opened do not rise with the user.
      if (row.appId !== '' && isAdministrator(row) && !isAdministrator(before)) {
        await accounts.endSessions(row.id);
        endSessions(sessions, (session) => session.user?.id === row.id);
      }
      const identity = await accounts.identity(row);
      refreshSessions(sessions, row, identity);
      return { result: 0, user: identity.user };
    },
    'user.deleteUser': async ({ orgId, userId }, caller) => {
      await users.remove(userId, orgId, userOf(caller));
      endSessions(sessions, (session) => session.user?.id === userId);
      return { result: 0 };
    },
  });

import { implement } from '@meetframe/contract/define';
import { userMethods } from '@meetframe/contract/users';
import type { Accounts } from '../account/account.ts';
import { type Caller, userOf } from '../account/caller.ts';
import type { Logins } from '../account/logins.ts';
import { isAdministrator, requireSelf } from '../account/standing.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { pageOf, pagesOf } from '../lists/paging.ts';
import type { Users } from './users.ts';

export type UserServices = { users: Users; accounts: Accounts; logins: Logins; cluster: Pick<Cluster, 'tell'> };

export const userHandlers = ({ users, accounts, logins, cluster }: UserServices) =>
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
      // Administrators need more than a sign to sign on (6.2), so sessions opened with a sign alone end when their user becomes one.
      if (row.appId !== '' && isAdministrator(row) && !isAdministrator(before)) {
        await accounts.endSessions(row.id);
        logins.end({ userId: row.id });
      }
      const identity = await accounts.identity(row);
      logins.refresh(row);
      cluster.tell('account.changed', { userId: row.id, ...identity });
      return { result: 0, user: identity.user };
    },
    'user.deleteUser': async ({ orgId, userId }, caller) => {
      await users.remove(userId, orgId, userOf(caller));
      logins.end({ userId });
      return { result: 0 };
    },
  });

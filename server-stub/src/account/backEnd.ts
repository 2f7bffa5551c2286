import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../users/tables.ts';
import type { CallerApp } from './app.ts';
import { isAdministrator } from './standing.ts';

/** The number that callers without a user or a company give as `userId` and `orgId` in the specification. */
export const anyone = 2;

/**
 * The user for whom a back end acts: one of its company, with the rights of an ordinary user even if that user is
 * an administrator. `undefined` when `userId` is {@link anyone} and no user has that id.
 *
 * @throws RTCPeerError `NOT_FOUND`
 */
export const actingUser = async (store: Store, app: CallerApp, userId: number): Promise<UserRow | undefined> => {
  const row =
    app.companyId === null
      ? undefined
      : await store
          .selectFrom('user')
          .selectAll()
          .where('id', '=', userId)
          .where('companyId', '=', app.companyId)
          .where('deletedAt', 'is', null)
          .executeTakeFirst();
  if (row) return isAdministrator(row) ? { ...row, role: 'user' } : row;
  if (userId === anyone) return undefined;
  return fail('NOT_FOUND', `There is no user ${userId} in the company of the app ${app.id}.`, { field: 'userId' });
};

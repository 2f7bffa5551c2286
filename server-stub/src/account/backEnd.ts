import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../users/tables.ts';
import type { CallerApp } from './app.ts';
import { isAdministrator } from './standing.ts';

/** The number that the specification gives as `userId` and `orgId` to those who have no other. */
export const anyone = 2;

/**
 * The user for whom a back end acts: one of its company, with the rights of an ordinary user. The secret of an app makes nobody an
 * administrator. `undefined` for nobody in particular.
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

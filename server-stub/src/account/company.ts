import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { anyone } from './backEnd.ts';

const exists = async (store: Store, id: number): Promise<boolean> =>
  (await store.selectFrom('company').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

/**
 * The company that a call names as `orgId`: it must be the caller's own. Administrators of the platform may name any.
 * Private installations give 2, which means the caller's own where there is no company 2.
 */
export const companyNamed = async (
  store: Store,
  caller: { companyId: number | null; role?: string },
  orgId: number | undefined,
): Promise<number | null> => {
  if (orgId === undefined || orgId === caller.companyId) return caller.companyId;
  if (orgId === anyone && !(await exists(store, orgId))) return caller.companyId;
  if (caller.role === 'platformAdmin') return orgId;
  return fail('FORBIDDEN', 'orgId is not the company of the caller.', { field: 'orgId' });
};

/** The same for a method that creates something in the company: the company must exist. */
export const knownCompany = async (...named: Parameters<typeof companyNamed>): Promise<number | null> => {
  const [store, caller] = named;
  const id = await companyNamed(...named);
  if (id === null || id === caller.companyId || (await exists(store, id))) return id;
  return fail('NOT_FOUND', `There is no company ${id}.`, { field: 'orgId' });
};

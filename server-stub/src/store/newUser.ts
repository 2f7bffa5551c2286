import type { Insertable, Selectable } from 'kysely';
import type { Tables } from './tables.ts';

type UserRow = Selectable<Tables['user']>;
type Needed = Pick<UserRow, 'account' | 'name' | 'role' | 'companyId'>;

/** The row of a user who is made now: a user of the platform itself, without a password and a profile, unless `given` says otherwise. */
export const newUser = (given: Needed & Partial<UserRow>): Insertable<Tables['user']> => ({
  appId: '',
  password: null,
  email: null,
  phone: null,
  photo: null,
  job: null,
  address: null,
  companyName: null,
  createdAt: Date.now(),
  deletedAt: null,
  ...given,
});

import type { User } from '@meetframe/contract/beans';
import { administers } from '../account/standing.ts';
import type { UserRow } from './tables.ts';

/** The user whose contacts are to be shown; `contactOpened`: the company shows contacts to its users. */
type Owner = { id?: number | null; companyId: number | null; contactOpened: number | null };

/** True when the viewer may see e-mail and telephone: one's own, as an administrator, or as a colleague where the company opened them. */
export const seesContacts = (viewer: UserRow | undefined, { id, companyId, contactOpened }: Owner): boolean =>
  viewer !== undefined &&
  (viewer.id === id ||
    administers(viewer, companyId) ||
    (contactOpened === 1 && companyId !== null && viewer.companyId === companyId && viewer.role !== 'attendee'));

/** True when the viewer may see account names: those of colleagues, unless the viewer may only attend (level 5). */
const seesAccount = (viewer: UserRow | undefined, { id, companyId }: Owner): boolean =>
  viewer !== undefined &&
  (viewer.id === id ||
    administers(viewer, companyId) ||
    (viewer.companyId === companyId && companyId !== null && viewer.role !== 'attendee'));

/** The user as the viewer may see it. */
export const shownTo = (viewer: UserRow | undefined, user: User, owner: Owner): User => ({
  ...user,
  ...(!seesAccount(viewer, owner) && { account: '' }),
  ...(!seesContacts(viewer, owner) && { email: null, phone: null }),
});

import { fail } from '../errors.ts';
import type { UserRow } from '../users/tables.ts';

/** True for level 1 and 2 of section 2.27. */
export const isAdministrator = ({ role }: Pick<UserRow, 'role'>): boolean =>
  role === 'platformAdmin' || role === 'companyAdmin';

/** True for an administrator of that company and for administrators of the platform. */
export const administers = (user: UserRow | undefined, companyId: number | null): boolean =>
  user !== undefined &&
  (user.role === 'platformAdmin' ||
    (user.role === 'companyAdmin' && user.companyId !== null && user.companyId === companyId));

/**
 * Whether a user may call another one and see the other's presence: colleagues may, and administrators of the platform may for all users.
 * Users without a company have no colleagues.
 */
export const mayCall = (user: Pick<UserRow, 'role' | 'companyId'>, other: Pick<UserRow, 'companyId'>): boolean =>
  user.role === 'platformAdmin' || (user.companyId !== null && user.companyId === other.companyId);

/** Attendees (level 5 of section 2.27) may not create rooms or appointments. */
export const requireMaker = (user: UserRow): UserRow =>
  user.role === 'attendee' ? fail('FORBIDDEN', 'Attendees (level 5) cannot create rooms or appointments.') : user;

/** When a call names a user as the caller, it must be the logged-in user. */
export const requireSelf = (user: UserRow | undefined, userId: number | undefined, field = 'userId'): void => {
  if (userId !== undefined && userId !== user?.id)
    fail('FORBIDDEN', `${field} is not the user who is logged in.`, { field });
};

import type { User } from '@meetframe/contract/beans';
import type { Role, UserRow } from './tables.ts';

/** Section 8.1. */
export const userBean = (row: UserRow, companyName: string | null): User => ({
  id: row.id,
  account: row.account,
  name: row.name,
  email: row.email,
  phone: row.phone,
  photo: row.photo,
  company: row.companyName ?? companyName,
});

const levels = { platformAdmin: 1, companyAdmin: 2, user: 4, attendee: 5 } as const satisfies Record<Role, number>;
export type Level = (typeof levels)[Role];

export const levelOf = (role: Role): Level => levels[role];
export const roleOf = (level: Level): Role =>
  (Object.keys(levels) as Role[]).find((role) => levels[role] === level) ?? 'user';

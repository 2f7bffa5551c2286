import type { Generated, Selectable } from 'kysely';

/** Booleans are 0 and 1, times are milliseconds since 1970: the same in every database. */
export type Company = {
  id: Generated<number>;
  name: string;
  email: string | null;
  phone: string | null;
  logo: string | null;
  address: string | null;
  /** 1: its users see one another's e-mail addresses and telephone numbers. */
  contactOpened: Generated<number>;
};

/** What a user may do by itself; levels 1, 2, 4 and 5 of section 2.27. */
export type Role = 'platformAdmin' | 'companyAdmin' | 'user' | 'attendee';

export type User = {
  id: Generated<number>;
  /** Unique within `appId`. When a user is deleted, it is changed so that the account is free again. */
  account: string;
  password: string | null;
  name: string;
  email: string | null;
  phone: string | null;
  photo: string | null;
  companyId: number | null;
  role: Role;
  /** The app through which this user signs on; accounts are unique within it. Empty for the platform’s own users. */
  appId: string;
  job: string | null;
  address: string | null;
  /** Shown instead of the company’s name. */
  companyName: string | null;
  createdAt: Generated<number>;
  deletedAt: number | null;
};
export type UserRow = Selectable<User>;

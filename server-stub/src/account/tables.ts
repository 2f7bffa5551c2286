import type { Generated, Selectable } from 'kysely';

export type Session = {
  /** Hash of the session id. It cannot be used to log in. */
  hash: string;
  userId: number;
  createdAt: number;
  expiresAt: number;
  /** Updated at most once an hour. */
  lastSeenAt: Generated<number>;
  /** Address and terminal of the login. */
  ip: Generated<string>;
  device: Generated<string>;
};

export type App = {
  id: string;
  name: string;
  /** Hashed like a password. */
  secret: string;
  /** Changes with the secret. A sign is valid only while the app has the key that the sign names. */
  keyId: string;
  companyId: number;
  /** Separated by spaces. */
  origins: string;
  callbackUrl: string | null;
  createdAt: Generated<number>;
  /** 1 when a sign alone signs its users on. */
  trustPages: Generated<number>;
};
export type AppRow = Selectable<App>;

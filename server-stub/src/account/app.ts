import type { AppRow } from './tables.ts';

/** The app on whose behalf a client calls. The platform's own page counts as an app with `signed` false. */
export type CallerApp = {
  id: string;
  name: string;
  companyId: number | null;
  origins: string[];
  signed: boolean;
  /** Id of the key with which its sign was made. */
  keyId: string;
  /** True on a connection whose sign was revoked: it needs a new one. */
  revoked?: boolean;
};

export const platformApp: CallerApp = {
  id: 'platform',
  name: 'MeetFrame',
  companyId: null,
  origins: [],
  signed: false,
  keyId: '',
};

/** True if an app can have this id. Signs and addresses contain ids unchanged. */
export const isAppId = (text: string): boolean => /^[\w-]{1,100}$/.test(text);

export const originsOf = (row: Pick<AppRow, 'origins'>): string[] => row.origins.split(' ').filter(Boolean);

export const signedApp = (row: AppRow): CallerApp => ({
  id: row.id,
  name: row.name,
  companyId: row.companyId,
  origins: originsOf(row),
  signed: true,
  keyId: row.keyId,
});

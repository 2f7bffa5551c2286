import type { AppRow } from '../store/tables.ts';

/** The app on whose behalf somebody calls. The platform's own page is one too, `signed` false. */
export type CallerApp = {
  id: string;
  name: string;
  companyId: number | null;
  origins: string[];
  signed: boolean;
  /** The key that its sign was made with. */
  keyId: string;
  /** Set on a connection whose sign was revoked since: it needs a new one. */
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

/** Whether an app can be called that; signs and addresses carry ids as they are. */
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

import type { AppRow } from '../store/tables.ts';

/** The app on whose behalf somebody calls. The platform's own page is one too, `signed` false. */
export type CallerApp = { id: string; name: string; companyId: number | null; origins: string[]; signed: boolean };

export const platformApp: CallerApp = {
  id: 'platform',
  name: 'MeetFrame',
  companyId: null,
  origins: [],
  signed: false,
};

export const signedApp = (row: AppRow): CallerApp => ({
  id: row.id,
  name: row.name,
  companyId: row.companyId,
  origins: row.origins.split(' ').filter(Boolean),
  signed: true,
});

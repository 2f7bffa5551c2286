import { afterAll, beforeAll } from 'vitest';
import type { UserRow } from '../users/tables.ts';
import { type Data, openData } from './data.ts';

/** Of the file, once `inCompany` was called: a company, an administrator who has much in it, and another user. */
export let data: Data;
export let companyId: number;
export let busy: UserRow;
export let guest: UserRow;

/** The data of a file lies around this time. */
export const now: number = Date.UTC(2030, 0, 15, 12);

export const inCompany = (): void => {
  beforeAll(async () => {
    data = await openData();
    companyId = await data.rows.company();
    busy = await data.user({ companyId, role: 'companyAdmin' });
    guest = await data.user({ companyId });
  });
  afterAll(() => data.close());
};

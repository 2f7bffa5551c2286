import { sql } from 'kysely';
import { expect, inject, test } from 'vitest';
import { openStore } from './store.ts';

/** The result of a statement that is silent for half a second, when PostgreSQL itself would let it run. */
const silence = async (DATABASE_TIMEOUT_MS: number): Promise<unknown> => {
  const config = { DATA_DIR: '', DATABASE_URL: inject('postgres'), DATABASE_POOL: 1, DATABASE_TIMEOUT_MS };
  const store = await openStore(config);
  try {
    return await store.connection().execute(async (one) => {
      await sql`set statement_timeout = 0`.execute(one);
      return (await sql`select 'answered' as said from pg_sleep(0.5)`.execute(one)).rows;
    });
  } catch (error) {
    return (error as Error).message;
  } finally {
    await store.destroy();
  }
};

test('a silent connection is destroyed after one and a half times the time-out, and never without a time-out', async () => {
  expect(await silence(200)).toBe('PostgreSQL does not answer any more');
  expect(await silence(0)).toEqual([{ said: 'answered' }]);
});

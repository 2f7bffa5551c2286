import type { TestProject } from 'vitest/node';
import { openStore } from '../store/store.ts';
import { onPostgres, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string;
  }
}

/** One PostgreSQL for the whole run, with the tables made once. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const postgres = await startPostgres();
  const template = postgres.url('meetframe');
  await onPostgres(postgres.url('postgres'), 'create database meetframe');
  const store = await openStore({
    DATA_DIR: '',
    DATABASE_URL: template,
    DATABASE_POOL: 1,
    DATABASE_TIMEOUT_MS: 30_000,
  });
  await store.destroy();
  project.provide('postgres', template);
  return postgres.close;
};

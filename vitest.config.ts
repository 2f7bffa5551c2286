import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

/** The server with real workers and a real database: SQLite, and all of it once more on PostgreSQL. */
const server = {
  include: ['server-stub/**/*.contract.ts'],
  // Longest, not usual, times: a machine may be busy with other work.
  testTimeout: 60_000,
  expect: { poll: { timeout: 10_000 } },
  hookTimeout: 60_000,
  // On a machine whose speed nobody knows a test has a second try, which the report tells.
  retry: process.env.CI ? 1 : 0,
};

export default defineConfig({
  test: {
    // More than this machine may have: server tests wait for one another much of the time.
    maxWorkers: 3,
    projects: [
      {
        plugins: [preact({ prefreshEnabled: false })],
        test: {
          name: 'unit',
          include: ['{host-sdk,widget,server-stub,tools,examples}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**'],
        },
      },
      { test: { ...server, name: 'server', exclude: ['**/node_modules/**', 'server-stub/**/*.postgres.contract.ts'] } },
      {
        test: {
          ...server,
          name: 'server-postgres',
          globalSetup: 'server-stub/src/testing/postgres.global.ts',
          setupFiles: 'server-stub/src/testing/postgres.setup.ts',
        },
      },
    ],
  },
});

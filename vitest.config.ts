import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

/** Not the usual time of a test: a machine may be busy with other work. */
const longest = 60_000;

/** Tests log in thousands of times; `passwords.test.ts` measures what is used otherwise. */
const env = { MEETFRAME_TEST_HASHES: 'cheap' };

/**
 * The server with real workers and a real database, `*.contract.ts`. What concerns data runs on SQLite and again on PostgreSQL.
 * Run once, on SQLite: all of `media/`, which the linter keeps away from the database, and `*.once.contract.ts`, for sockets, files,
 * processes and figures, which are the same on either database. `*.postgres.contract.ts` is about PostgreSQL alone.
 * `tests/hostile` attacks the server as a stranger, a participant or a partner's visitor would, with clients that keep to no rule.
 */
const server = {
  include: ['server-stub/**/*.contract.ts'],
  testTimeout: longest,
  expect: { poll: { timeout: 10_000 } },
  hookTimeout: longest,
  env,
  // The code is loaded once for all files that a process runs, which is a quarter of the time; each file has servers and data of its own.
  isolate: false,
  // On a machine whose speed nobody knows a test has a second try, which the report tells.
  retry: process.env.CI ? 1 : 0,
};

const node_modules = '**/node_modules/**';
const once = ['server-stub/src/media/**/*.contract.ts', 'server-stub/**/*.once.contract.ts'];

export default defineConfig({
  test: {
    // More than this machine may have: server tests wait for one another much of the time.
    maxWorkers: 4,
    projects: [
      {
        plugins: [preact({ prefreshEnabled: false })],
        test: {
          name: 'unit',
          include: ['{host-sdk,widget,server-stub,tools,examples}/**/*.test.{ts,tsx}'],
          exclude: [node_modules],
          testTimeout: longest,
          hookTimeout: longest,
          env,
        },
      },
      { test: { ...server, name: 'server-once', include: once } },
      { test: { ...server, name: 'hostile', include: ['tests/hostile/*.hostile.ts'] } },
      {
        test: { ...server, name: 'server', exclude: [node_modules, ...once, 'server-stub/**/*.postgres.contract.ts'] },
      },
      {
        test: {
          ...server,
          name: 'server-postgres',
          exclude: [node_modules, ...once],
          globalSetup: 'server-stub/src/testing/postgres.global.ts',
          setupFiles: 'server-stub/src/testing/postgres.setup.ts',
        },
      },
    ],
  },
});

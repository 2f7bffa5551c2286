import { defineConfig } from '@playwright/test';
import { shell } from './tests/e2e/support/browserPaths.ts';

// Loaded in each worker too, which finds its own platform in the environment.
const { TEST_PARALLEL_INDEX: worker = '' } = process.env;
Object.assign(process.env, JSON.parse(process.env[`PLATFORM_OF_WORKER_${worker}`] ?? '{}'));

// Logins would cost a processor more than the pages that are tested; `passwords.test.ts` measures real hashes.
process.env.MEETFRAME_TEST_HASHES = 'cheap';

/** Several browsers that send and receive pictures and sound: more than two such tests at once would starve one another. */
const media = [
  'calls',
  'devices',
  'devicesFailing',
  'effects',
  'events',
  'firefox',
  'interface',
  'leaving',
  'media',
  'meeting',
  'moderation',
  'paths',
  'pip',
  'publish',
  'receiver',
  'receiving',
  'recording',
  'reliability',
  'restart',
  'session',
  'share',
  'stage',
  'together',
  'transcription',
];
const isMedia = new RegExp(`/(${media.join('|')})\\.spec\\.ts$`);

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './tests/e2e/support/globalSetup.ts',
  // More than there are processors on a small machine: tests wait for one another's browsers and for networks much of the time.
  workers: 3,
  projects: [
    { name: 'media', testMatch: isMedia, workers: 2 },
    { name: 'screens', testIgnore: isMedia },
  ],
  // On a machine whose speed nobody knows a test has a second try; the report calls it flaky then.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    // Of pages full of moving pictures a trace costs more than the tests themselves: TRACE=1 when one is needed.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    // Nothing is clicked before it rests, and moving things cost a machine without a graphics card much.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: shell,
      // Without a graphics card a process of its own for drawing costs a sixth of all the time.
      args: ['--no-sandbox', '--in-process-gpu', '--autoplay-policy=no-user-gesture-required'],
    },
  },
});

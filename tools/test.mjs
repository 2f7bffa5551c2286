// npm test: sets everything up, then runs every suite, the fast ones first and together, and stops where one fails.
// `npm test -- unit server` runs only those.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compileCache, ensureBuilt, ensureInstalled, node, root } from './setup.mjs';
import { ensurePackages, recordingPackages } from './system.mjs';

const results = join(root, 'test-results/reports');
const bin = (name) => join(root, 'node_modules/.bin', name);
const totals = { passed: 0, failed: 0 };

/** Runs a program to its end; true when it succeeded. `later`: its output is shown at the end, in one piece. */
const run = (program, args, { env = {}, later = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['inherit', ...Array(2).fill(later ? 'pipe' : 'inherit')],
      env: { ...process.env, ...compileCache, ...env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
    });
    const said = [];
    for (const output of [child.stdout, child.stderr]) output?.on('data', (data) => said.push(data));
    child.once('error', reject);
    child.once('close', (status) => {
      process.stdout.write(Buffer.concat(said));
      resolve(status === 0);
    });
  });
const runNode = (args, env) => run(node(), args, { env });

const vitest = async (name, projects) => {
  const report = join(results, `${name}.json`);
  const ok = await runNode([
    'node_modules/vitest/vitest.mjs',
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  if (existsSync(report)) {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    totals.passed += numPassedTests;
    totals.failed += numFailedTests;
  }
  return ok;
};

const playwright = async () => {
  const report = join(results, 'e2e.json');
  const ok = await runNode(['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  if (existsSync(report)) {
    const { expected, unexpected, flaky } = JSON.parse(readFileSync(report, 'utf8')).stats;
    totals.passed += expected + flaky;
    totals.failed += unexpected;
    if (flaky) console.log(`\n${flaky} of them only at the second try.`);
  }
  return ok;
};

const worker = async () => {
  const { ensureWorker } = await import('./worker/worker.mjs');
  process.env.MEDIASOUP_WORKER_BIN = await ensureWorker();
};

/** Tests of relays are skipped where coturn cannot be installed; everything else works without it. */
const relay = () => {
  try {
    ensurePackages({ turnserver: 'coturn' }, 'for the tests of media over a relay');
  } catch (error) {
    console.warn(`Media over a relay is not tested. ${error.message}`);
  }
};

/** Chromium without windows makes the browser tests cheaper; where there is no such package Chromium runs them all. */
const shell = () => {
  if (process.env.CHROMIUM) return;
  try {
    ensurePackages({ 'chromium-headless-shell': 'chromium-headless-shell' }, 'for faster browser tests');
  } catch (error) {
    console.warn(`The browser tests take longer. ${error.message}`);
  }
};

/** A second engine, and a screen for it to share; its test is skipped where it cannot be installed. */
const firefox = () => {
  try {
    ensurePackages({ 'firefox-esr|firefox': 'firefox-esr', Xvfb: 'xvfb', ip: 'iproute2' }, 'for the test with Firefox');
  } catch (error) {
    console.warn(`Firefox is not tested. ${error.message}`);
  }
};

/** A synthesiser that speaks, and a recogniser with its English model that understands. */
const speech = {
  ...recordingPackages,
  flite: 'flite',
  '/usr/lib/python3/dist-packages/pocketsphinx': 'python3-pocketsphinx',
  '/usr/share/pocketsphinx/model/en-us': 'pocketsphinx-en-us',
};

const steps = {
  types: { title: 'Types', together: true, run: () => run(bin('tsc'), [], { later: true }) },
  lint: { title: 'Lint and format', together: true, run: () => run(bin('biome'), ['check'], { later: true }) },
  unit: { title: 'Unit tests', together: true, run: () => vitest('unit', ['unit']) },
  build: {
    title: 'Build and sizes',
    run: () => {
      ensureBuilt();
      return runNode(['tools/size.ts']);
    },
  },
  server: {
    title: 'Server contract tests, with the real media worker; tests of data on SQLite and on PostgreSQL',
    run: async () => {
      await worker();
      ensurePackages(speech, 'for the tests of recording and transcription');
      relay();
      return vitest('server', ['server-once', 'hostile', 'server', 'server-postgres']);
    },
  },
  e2e: {
    title: 'Browser tests',
    run: async () => {
      const browser = process.env.CHROMIUM ? {} : { 'chromium|google-chrome': 'chromium' };
      ensurePackages({ ...browser, ffmpeg: 'ffmpeg', 'espeak-ng': 'espeak-ng' }, 'for the browser tests');
      shell();
      firefox();
      relay();
      await worker();
      ensureBuilt();
      return playwright();
    },
  },
};

const perform = async ({ title, run }) => {
  console.log(`\n── ${title} ──`);
  const started = Date.now();
  if (await run()) return console.log(`${title}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  console.error(`\n${title}: failed.`);
  process.exitCode = 1;
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in steps));
if (unknown) {
  console.error(`There is no step "${unknown}"; there are ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}

try {
  ensureInstalled();
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const chosen = Object.entries(steps).flatMap(([name, step]) => (!wanted.length || wanted.includes(name) ? step : []));
  await Promise.all(chosen.filter(({ together }) => together).map(perform));
  for (const step of chosen.filter(({ together }) => !together)) if (!process.exitCode) await perform(step);
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);

// npm start: everything a newcomer needs, from a plain clone to two running sites. Runs on the host's own Node.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, node, root } from './setup.mjs';

const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 8080);
const demoPort = Number(process.env.DEMO_PORT || 8081);
const platform = process.env.PUBLIC_ORIGIN || `http://localhost:${port}`;
const demo = `http://127.0.0.1:${demoPort}`;

const ensureFree = (wanted) =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => reject(new Error(`Port ${wanted} is taken. Set PORT or DEMO_PORT to another one.`)));
    probe.listen(wanted, host, () => probe.close(resolve));
  });

/** A child that a signal ended has no exit code. */
const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

const untilAnswered = async (address, child) => {
  for (;;) {
    if (hasEnded(child)) throw new Error('It ended before it answered; see above.');
    const ok = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const children = [];
const launch = (script, env) => {
  const child = spawn(node(), ['--disable-warning=ExperimentalWarning', script], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  children.push(child);
  return child;
};

let stopping = false;
const stop = async (code) => {
  if (stopping) return;
  stopping = true;
  await Promise.all(
    children.map(
      (child) =>
        new Promise((resolve) => {
          if (hasEnded(child)) return resolve();
          child.once('exit', resolve);
          child.kill('SIGTERM');
        }),
    ),
  );
  process.exit(code);
};
process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));

const announce = async () => {
  console.log(`\n  Meeting platform   ${platform}/app/\n  Partner's page     ${demo}/\n`);
  const accounts = join(root, 'server-stub/src/store/demo.ts');
  if (!existsSync(accounts)) return;
  const script = `import('${accounts}').then(({demoAccounts}) => console.log(JSON.stringify(demoAccounts)))`;
  const list = spawn(node(), ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  for await (const chunk of list.stdout) text += chunk;
  console.log('  Demo accounts');
  for (const { account, password, role } of JSON.parse(text || '[]'))
    console.log(`    ${account} / ${password}   ${role}`);
  console.log('\n  Ctrl-C ends both.');
};

try {
  ensureInstalled();
  const { ensureWorker } = await import('./worker/worker.mjs');
  const worker = await ensureWorker();
  ensureBuilt();
  await ensureFree(port);
  await ensureFree(demoPort);
  const server = launch('server-stub/src/main.ts', { MEDIASOUP_WORKER_BIN: worker, PORT: String(port) });
  server.once('exit', (code) => stop(code ?? 1));
  await untilAnswered(`http://${host}:${port}/healthz`, server);
  const site = launch('examples/serve.ts', { PLATFORM: platform, DEMO_PORT: String(demoPort) });
  site.once('exit', (code) => stop(code ?? 1));
  await untilAnswered(`${demo}/`, site);
  await announce();
} catch (error) {
  console.error(`\n${error.message}`);
  await stop(1);
}

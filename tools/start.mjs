// npm start: all steps from a plain clone to two running sites. Runs on the host's own Node.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { end, isShell, parentOf, untilAnswered } from './children.mjs';
import { callbackAllow, registerPartners } from './partnerApps.mjs';
import { compileCache, ensureBuilt, ensureInstalled, node, root } from './setup.mjs';
import { ensurePackages, recordingPackages } from './system.mjs';

const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 8080);
const demoPort = Number(process.env.DEMO_PORT || 8081);
/** As a part of an address: IPv6 in brackets; for a server that listens everywhere, this machine. */
const named = (name) => (name.includes(':') ? `[${name}]` : name);
const isHere = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host);
const platform = process.env.PUBLIC_ORIGIN || `http://${isHere ? 'localhost' : named(host)}:${port}`;
const own = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
// Another origin than the platform's `localhost`, as partners' pages are. Browsers know no IPv6 address in a list of allowed pages.
const demo = `http://${own.includes(':') ? 'localhost' : own}:${demoPort}`;
/** Whoever types the address may use either name of this machine. */
const demoOrigins = [...new Set([demo, `http://localhost:${demoPort}`])];
/** How programs on this machine ask: unlike browsers they may know `localhost` as one address only. */
const inside = (at) => `http://${named(own)}:${at}`;
const production = process.env.NODE_ENV === 'production' && !['true', '1'].includes(process.env.DEMO ?? '');
const isDemo = !production && !['false', '0'].includes(process.env.DEMO ?? '');

const ensureFree = (wanted) =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => reject(new Error(`Port ${wanted} is taken. Set PORT or DEMO_PORT to another one.`)));
    probe.listen(wanted, host, () => probe.close(resolve));
  });

/** Without ffmpeg meetings are recorded, but files are made of them only once it is there. */
const ensureRecording = () => {
  try {
    ensurePackages(recordingPackages, 'for recordings of meetings');
  } catch (error) {
    console.warn(`Recordings of meetings have to wait. ${error.message}`);
  }
};

const children = [];
/** The channel tells the child when this process has ended, however it did. */
const launch = (script, env) => {
  const child = spawn(node(), ['--disable-warning=ExperimentalWarning', script], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...compileCache, ...env },
  });
  children.push(child);
  return child;
};

let stopping = false;
const stop = async (code) => {
  if (stopping) return;
  stopping = true;
  await Promise.all(children.map(end));
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));
// npm may have started this in a shell, which outlives it, so the end of npm must be looked for.
if (process.env.npm_lifecycle_event) {
  const isInShell = isShell(process.ppid);
  const starter = () => (isInShell ? parentOf(process.ppid) : process.ppid);
  const npm = starter();
  setInterval(() => starter() !== npm && stop(0), 500).unref();
}

const announce = async () => {
  const places = {
    'Meeting platform': `${platform}/app/`,
    "Partners' pages": `${demo}/`,
    '  Northwind OA': `${demo}/oa/`,
    '  Tangent CRM': `${demo}/crm/`,
  };
  console.log('');
  for (const [name, address] of Object.entries(places)) console.log(`  ${name.padEnd(18)} ${address}`);
  console.log('');
  if (!isDemo) {
    console.log(
      '  There are no demo accounts; npm run admin -- --help says how to make real ones.\n\n  Ctrl-C ends both.',
    );
    return;
  }
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
  ensureRecording();
  await ensureFree(port);
  await ensureFree(demoPort);
  const server = launch('server-stub/src/main.ts', {
    MEDIASOUP_WORKER_BIN: worker,
    PORT: String(port),
    ...(isDemo && {
      DEMO_ORIGINS: [process.env.DEMO_ORIGINS, ...demoOrigins].filter(Boolean).join(','),
      ...(!process.env.CALLBACK_ALLOW && { CALLBACK_ALLOW: callbackAllow }),
    }),
  });
  server.once('exit', (code) => stop(code ?? 1));
  await untilAnswered(`${inside(port)}/healthz`, server);
  const newSecret = () => randomBytes(24).toString('base64url');
  const secrets = { oa: newSecret(), crm: newSecret() };
  const partners = isDemo
    ? await registerPartners({ origins: demoOrigins, inside: inside(demoPort), secrets })
    : undefined;
  const site = launch('examples/serve.ts', {
    PLATFORM: platform,
    PLATFORM_INSIDE: inside(port),
    DEMO_PORT: String(demoPort),
    DEMO_HOST: own,
    ...(partners && {
      OA_APP_ID: 'oa',
      OA_APP_SECRET: secrets.oa,
      CRM_APP_ID: 'crm',
      CRM_APP_SECRET: secrets.crm,
      CRM_WEBHOOK_SECRET: partners.webhookSecret,
    }),
  });
  site.once('exit', (code) => stop(code ?? 1));
  await untilAnswered(`${inside(demoPort)}/`, site);
  await announce();
} catch (error) {
  console.error(`\n${error.message}`);
  await stop(1);
}

// The app of the example OA, made with the command line as an administrator makes one for a partner: with a secret, the page
// that may use it, and the call-back that the platform asks before it signs somebody of the OA on.
import { spawn } from 'node:child_process';
import { node, root } from './setup.mjs';

/** Runs `npm run admin -- …` and gives what it says; `input` goes to its standard input. */
const admin = (env, args, input = '') =>
  new Promise((resolve, reject) => {
    const child = spawn(node(), ['--disable-warning=ExperimentalWarning', 'server-stub/src/admin/main.ts', ...args], {
      cwd: root,
      env: { ...process.env, ...env },
    });
    let said = '';
    let remarks = '';
    child.stdout.on('data', (part) => {
      said += part;
    });
    child.stderr.on('data', (part) => {
      remarks += part;
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`admin ${args[0]}: ${remarks}`))));
    child.stdin.end(input);
  });

/** Where the platform may reach call-backs inside the network of this machine: the example's is on it. */
export const callbackAllow = '127.0.0.1/32';

/**
 * Makes the app `oa`, or gives it another secret, call-back and page. The platform must have been started once, in demo mode.
 *
 * @param {{demo: string, secret: string, env?: Record<string, string>}} oa origin of its pages; what its back end holds;
 *   settings of the server, where they are not those of this process
 */
export const registerOa = async ({ demo, secret, env = {} }) => {
  const callback = `${demo}/oa/confirm`;
  const apps = JSON.parse(await admin(env, ['app', 'list', '--json']));
  if (apps.some(({ id }) => id === 'oa')) {
    await admin(env, ['app', 'rotate', 'oa', '--secret-stdin'], secret);
    await admin(env, ['app', 'set-origins', 'oa', demo]);
    await admin(env, ['app', 'set-callback', 'oa', callback]);
    return;
  }
  const companies = JSON.parse(await admin(env, ['company', 'list', '--json']));
  const company = companies.find(({ name }) => name === 'Demo');
  if (!company) throw new Error('There is no company "Demo" for the OA: the platform was not started in demo mode.');
  const options = ['--company', String(company.id), '--name', 'Northwind OA', '--origin', demo, '--callback', callback];
  await admin(env, ['app', 'create', 'oa', ...options, '--secret-stdin'], secret);
};

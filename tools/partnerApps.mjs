// The apps of the example OA and CRM, made with the command line as an administrator makes one for a partner: with a
// secret, the page that may use it, and the call-back that the platform asks before it signs one of their people on.
import { spawn } from 'node:child_process';
import { node, root } from './setup.mjs';

/** Runs `npm run admin -- …` and returns its output; `input` is written to its standard input. */
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

/** Network in which the platform may call call-backs: those of the examples are on this machine. */
export const callbackAllow = '127.0.0.1/32,::1/128';

const names = { oa: 'Northwind OA', crm: 'Harbour CRM' };

/**
 * Creates the apps `oa` and `crm`, or sets their secrets, call-backs and pages. The platform must have been started
 * once, in demo mode.
 *
 * @param {{demo: string, inside?: string, secrets: {oa: string, crm: string}, env?: Record<string, string>}} partners
 * origin of their pages; the same for the platform, where it is another; what their back ends hold; settings of the server, where they
 * are not those of this process
 */
export const registerPartners = async ({ demo, inside = demo, secrets, env = {} }) => {
  const list = async (what) => JSON.parse(await admin(env, [what, 'list', '--json']));
  const [apps, companies] = await Promise.all([list('app'), list('company')]);
  const company = companies.find(({ name }) => name === 'Demo');
  const register = async ([id, name]) => {
    const callback = `${inside}/${id}/confirm`;
    const app = apps.find((each) => each.id === id);
    if (app) {
      await admin(env, ['app', 'rotate', id, '--secret-stdin'], secrets[id]);
      if (app.origins.join() !== demo) await admin(env, ['app', 'set-origins', id, demo]);
      if (app.callbackUrl !== callback) await admin(env, ['app', 'set-callback', id, callback]);
      return;
    }
    if (!company)
      throw new Error('There is no company "Demo" for the examples: the platform was not started in demo mode.');
    const options = ['--company', String(company.id), '--name', name, '--origin', demo, '--callback', callback];
    await admin(env, ['app', 'create', id, ...options, '--secret-stdin'], secrets[id]);
  };
  await Promise.all(Object.entries(names).map(register));
};

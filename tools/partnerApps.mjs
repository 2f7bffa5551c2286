// The apps of the example OA and CRM, made as an administrator makes one for a partner: with a secret, the page that may use
// it, the call-back that the platform asks before it signs one of their people on, and a webhook for the CRM.
import { spawn } from 'node:child_process';
import { node, root } from './setup.mjs';

/** Network in which the platform may call call-backs: those of the examples are on this machine. */
export const callbackAllow = '127.0.0.1/32,::1/128';

/**
 * Creates the apps `oa` and `crm`, or sets their secrets, call-backs and pages. The platform must have been started
 * once, in demo mode. Answers the secret with which the platform signs what it tells the CRM.
 *
 * @param {{origins: readonly string[], inside: string, secrets: {oa: string, crm: string}, env?: Record<string, string>}} partners
 * origins of their pages; the one at which the platform reaches their back ends; what these hold; settings of the server, where they
 * are not those of this process
 */
export const registerPartners = ({ origins, inside, secrets, env = {} }) =>
  new Promise((resolve, reject) => {
    const child = spawn(node(), ['--disable-warning=ExperimentalWarning', 'tools/registerPartners.ts'], {
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
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(said)) : reject(new Error(`The apps of the examples cannot be made: ${remarks}`)),
    );
    child.stdin.end(JSON.stringify({ origins, inside, secrets }));
  });

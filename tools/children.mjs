import { readFileSync } from 'node:fs';

/**
 * The process that started another one, where the system tells, as Linux does in `/proc`.
 *
 * @param {number | string} pid
 * @returns {number | undefined} its process id
 */
export const parentOf = (pid) => {
  try {
    // The program name, in brackets, may contain any character.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(parent);
  } catch {
    return undefined;
  }
};

/**
 * @param {number} pid
 * @returns {boolean} true for `sh` and its like, where the system tells
 */
export const isShell = (pid) => {
  try {
    return /^\w*sh$/.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
  } catch {
    return false;
  }
};

/** A child process that was ended by a signal has no exit code. */
export const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

/**
 * Resolves once an address answers with success.
 *
 * @param {string} address
 * @param {import('node:child_process').ChildProcess} child the process that should answer there
 * @throws Error when the child ended before it did
 */
export const untilAnswered = async (address, child) => {
  for (;;) {
    if (hasEnded(child)) throw new Error(`${child.spawnargs.at(-1)} ended before it answered; see above.`);
    const ok = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/**
 * Asks a child to end, and resolves once it has.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export const end = (child) =>
  new Promise((resolve) => {
    if (hasEnded(child)) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });

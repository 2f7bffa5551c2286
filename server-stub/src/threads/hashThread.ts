// The thread that derives keys from passwords. Node's own asynchronous scrypt shares four threads with reading files, so many logins
// would hold up every page.
import { scryptSync } from 'node:crypto';
import { getPriority, setPriority } from 'node:os';
import { serve } from './serve.ts';

/** `logN`, `r` and `p` as in RFC 7914. */
export type Derivation = { password: string; salt: Uint8Array; logN: number; r: number; p: number };

// On Linux this is the priority of the thread alone: where processors are short, media and signalling go first.
if (process.platform === 'linux') setPriority(Math.min(getPriority() + 5, 19));

serve(({ password, salt, logN, r, p }: Derivation): Uint8Array => {
  const N = 2 ** logN;
  return scryptSync(password, salt, 32, { N, r, p, maxmem: 256 * N * r + 1024 * 1024 });
});

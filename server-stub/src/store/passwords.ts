import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

const cost: ScryptOptions = { N: 16384, r: 8, p: 1 };
const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((done, failed) =>
    scrypt(password.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? failed(error) : done(key))),
  );

export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`;
};

/** Compares a password. Takes the same time when there is no hash, so that the delay does not tell which accounts exist. */
export const isPassword = async (password: string, hash: string | null | undefined): Promise<boolean> => {
  const [, salt, key] = (hash ?? '').split('$');
  const expected = Buffer.from(key ?? '', 'base64url');
  const derived = await derive(password, Buffer.from(salt ?? 'none', 'base64url'));
  return expected.length === derived.length && timingSafeEqual(expected, derived);
};

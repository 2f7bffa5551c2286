import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isPassword } from './passwords.ts';

/** How many verified secrets are cached; one for each app in use. */
const most = 1000;

/**
 * Checks the secrets of apps. They are hashed as slowly as passwords, and a back end sends its secret for every visitor. So a verified
 * secret is cached as a keyed digest until the stored hash changes. The digest cannot be used outside this process.
 */
export const makeAppSecrets = () => {
  const key = randomBytes(32);
  const right = new Map<string, Buffer>();
  const digest = (secret: string) => createHmac('sha256', key).update(secret).digest();

  return {
    /** True when exactly this secret was verified before. False says nothing about the secret. */
    isRemembered(hash: string, secret: string): boolean {
      const known = right.get(hash);
      return known !== undefined && timingSafeEqual(known, digest(secret));
    },

    /** Verifies a secret for a source. Takes the same time for an app that does not exist (`undefined`). */
    async isRight(hash: string | undefined, secret: string, source: string): Promise<boolean> {
      if (!(await isPassword(secret, hash, source)) || hash === undefined) return false;
      if (right.size >= most) right.delete(right.keys().next().value as string);
      right.set(hash, digest(secret));
      return true;
    },
  };
};

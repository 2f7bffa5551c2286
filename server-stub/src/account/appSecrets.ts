import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isPassword } from '../store/passwords.ts';

/** How many secrets that were right are remembered; one for each app that is in use. */
const most = 1000;

/**
 * Checks secrets of apps. They are hashed as slowly as passwords, and a back end shows its own for every visitor: one that was
 * right is remembered for as long as the stored hash stays the same, as a keyed digest that is worth nothing outside this
 * process.
 */
export const makeAppSecrets = () => {
  const key = randomBytes(32);
  const right = new Map<string, Buffer>();
  const digest = (secret: string) => createHmac('sha256', key).update(secret).digest();

  return {
    /** True when this very secret was found right before; says nothing about others. */
    isRemembered(hash: string, secret: string): boolean {
      const known = right.get(hash);
      return known !== undefined && timingSafeEqual(known, digest(secret));
    },

    /** Takes the same time for an app that does not exist (`undefined`). */
    async isRight(hash: string | undefined, secret: string): Promise<boolean> {
      if (!(await isPassword(secret, hash)) || hash === undefined) return false;
      if (right.size >= most) right.delete(right.keys().next().value as string);
      right.set(hash, digest(secret));
      return true;
    },
  };
};

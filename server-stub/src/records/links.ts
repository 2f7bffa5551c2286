import { createHmac, timingSafeEqual } from 'node:crypto';
import { isFileName } from './storage.ts';

/**
 * Signed names of files: until they expire, they give access to the file without a login. `life`: how long at least, in ms. `kind`: a link
 * opens no file of another kind.
 */
export const makeLinks = (secret: string, life: number, kind: 'record' | 'chat' = 'record') => {
  const mac = (file: string, expires: number) =>
    createHmac('sha256', secret).update(`${kind} ${file} ${expires}`).digest('base64url');

  return {
    link(file: string, now = Date.now()): string {
      // The expiry is a whole hour, so that the same list gives the same addresses and the browser can use its cache.
      const expires = Math.ceil((now + life) / 3600_000) * 3600;
      return `${file}?expires=${expires}&signature=${mac(file, expires)}`;
    },

    /** Whether the query of an address opens this file. */
    isOpenedBy(file: string, query: { expires?: unknown; signature?: unknown }, now = Date.now()): boolean {
      const expires = Number(query.expires);
      if (!isFileName(file) || !Number.isSafeInteger(expires) || expires * 1000 <= now) return false;
      const right = Buffer.from(mac(file, expires));
      const shown = Buffer.from(String(query.signature));
      return right.length === shown.length && timingSafeEqual(right, shown);
    },
  };
};
export type Links = ReturnType<typeof makeLinks>;

import { makeSigner } from './signer.ts';
import { isFileName } from './storage.ts';

/**
 * Signed names of files: until they expire, they give access to the file without a login. `life`: how long at least, in ms. `kind`: a link
 * opens no file of another kind.
 */
export const makeLinks = (secret: string, life: number, kind: 'record' | 'chat' = 'record') => {
  const { sign, isSignatureOf } = makeSigner(secret);
  const signed = (file: string, expires: number): string => `${kind} ${file} ${expires}`;

  return {
    link(file: string, now = Date.now()): string {
      // The expiry is a whole hour, so that the same list gives the same addresses and the browser can use its cache.
      const expires = Math.ceil((now + life) / 3600_000) * 3600;
      return `${file}?expires=${expires}&signature=${sign(signed(file, expires))}`;
    },

    /** Whether the query of an address opens this file. */
    isOpenedBy(file: string, query: { expires?: unknown; signature?: unknown }, now = Date.now()): boolean {
      const expires = Number(query.expires);
      if (!isFileName(file) || !Number.isSafeInteger(expires) || expires * 1000 <= now) return false;
      return isSignatureOf(signed(file, expires), query.signature);
    },
  };
};
export type Links = ReturnType<typeof makeLinks>;

import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs texts and checks the signatures. */
export const makeSigner = (secret: string) => {
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    sign,
    /** True when `shown` is the signature of this text. */
    isSignatureOf(text: string, shown: unknown): boolean {
      const [right, given] = [Buffer.from(sign(text)), Buffer.from(String(shown))];
      return right.length === given.length && timingSafeEqual(right, given);
    },
  };
};

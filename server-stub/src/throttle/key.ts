import { createHash } from 'node:crypto';

/** What strangers type ends up in keys: hashed, it is short and tells nothing to whoever reads the table. */
export const hashed = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

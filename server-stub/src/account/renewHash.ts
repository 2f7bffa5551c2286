import { RTCPeerError } from '@meetframe/contract/error';
import { takesNoWrites } from '../store/faults.ts';
import type { Store } from '../store/store.ts';
import { hashPassword } from './passwords.ts';

/**
 * Replaces a hash of older parameters, of a user or of a room, now that the password is known. A failure
 * does not refuse the login or entry.
 *
 * @param source counts for the limit of hashes, see `passwords.ts`
 */
export const renewHash = async (
  store: Store,
  table: 'user' | 'room',
  row: { id: number; password: string | null },
  { password, source }: { password: string; source: string },
): Promise<void> => {
  try {
    const fresh = await hashPassword(password, source);
    await store
      .updateTable(table)
      .set({ password: fresh })
      .where('id', '=', row.id)
      .where('password', '=', row.password)
      .execute();
  } catch (error) {
    if (!(error instanceof RTCPeerError) && !takesNoWrites(error)) throw error;
  }
};

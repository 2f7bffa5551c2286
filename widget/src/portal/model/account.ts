import { createModel } from '@preact/signals';
import type { IdentityModel } from '../../model/identity.ts';
import type { Client } from '../../platform/client.ts';
import type { Profile } from './users.ts';

/** What users may change in their own account (2.28, 2.34). The new profile arrives as `account.changed`. */
export const Account = createModel((client: Client, identity: IdentityModel) => {
  const ownId = (): number => identity.user.peek()?.id ?? 0;
  return {
    async modify(change: Partial<Profile>): Promise<void> {
      if (Object.keys(change).length > 0) await client.call('user.modifyUser', { userId: ownId(), ...change });
    },
    /** `wrong`: the old password is wrong. `none`: this account signs on through an app and has no password. */
    async changePassword(oldpassword: string, password: string): Promise<'changed' | 'wrong' | 'none'> {
      const { result } = await client.call('account.modifyPassword', { userId: ownId(), oldpassword, password });
      return result === 0 ? 'changed' : result === 1 ? 'wrong' : 'none';
    },
  };
});

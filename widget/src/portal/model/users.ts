import type { User, UserLevel } from '@meetframe/contract';
import { createModel, signal } from '@preact/signals';
import type { IdentityModel } from '../../model/identity.ts';
import type { Client } from '../../platform/client.ts';
import { createPagedList } from './list.ts';

export type CompanyUser = User & { level: UserLevel };
export type Profile = { name: string; email: string; phone: string };

/** Users of the company: all users can find them (2.26), administrators manage them (2.27 to 2.29, 2.35). */
export const Users = createModel((client: Client, identity: IdentityModel) => {
  const name = signal('');
  const search = async (input: { name: string; pageNo: number; pageSize: number }) => {
    const orgId = identity.company.peek()?.id;
    // A user without a company has no colleagues.
    if (orgId === undefined) return { items: [], hasMore: false, total: 0 };
    const wanted = input.name.trim();
    const { users, levels, totalCount } = await client.call('user.searchUserByOrgId', {
      orgId,
      pageNo: input.pageNo,
      pageSize: input.pageSize,
      ...(wanted && { name: wanted }),
    });
    const items = users.map((user): CompanyUser => ({ ...user, level: levels[String(user.id)] as UserLevel }));
    return { items, hasMore: (input.pageNo + 1) * input.pageSize < totalCount, total: totalCount };
  };
  const list = createPagedList((page) => search({ ...page, name: name.peek() }), 20);
  const companyId = (): number => identity.company.peek()?.id ?? 0;
  return {
    list,
    /** Beginning of the names or accounts that are searched for. */
    name,
    search(text: string): Promise<void> {
      name.value = text;
      return list.turn(0);
    },
    /** A few users whose name or account begins with this text. */
    async find(text: string): Promise<readonly CompanyUser[]> {
      return (await search({ name: text, pageNo: 0, pageSize: 8 })).items;
    },
    /** False when the account is taken. */
    async add(input: Profile & { account: string; password: string; level: UserLevel }): Promise<boolean> {
      const { result } = await client.call('user.addUser', { orgId: companyId(), ...input });
      if (result === 0) await list.reload();
      return result === 0;
    },
    async modify(userId: number, change: Partial<Profile> & { level?: UserLevel }): Promise<void> {
      if (Object.keys(change).length > 0) await client.call('user.modifyUser', { userId, ...change });
      await list.reload();
    },
    /** False when the user signs in elsewhere and has no password here. */
    async resetPassword(userId: number, password: string): Promise<boolean> {
      return (await client.call('account.resetPassword', { userId, password })).result === 0;
    },
    async remove(userId: number): Promise<true> {
      await client.call('user.deleteUser', { orgId: companyId(), userId });
      await list.reload();
      return true;
    },
    reset(): void {
      name.value = '';
      list.reset();
    },
  };
});

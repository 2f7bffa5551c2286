import type { PartnerUser, Platform } from '../platform.ts';
import { type Contact, contactOf, contacts } from './people.ts';

/** Contacts as the platform knows them: by the id of a user, once they have signed on there through their own company's site. */
export const createDirectory = (platform: Platform) => {
  const known = new Map<number, string>();
  return {
    /** Asks for those that are not known yet, in the name of an agent. */
    async refresh(agent: PartnerUser): Promise<void> {
      const found = [...known.values()];
      const wanted = contacts.filter(({ id, account }) => account !== undefined && !found.includes(id));
      if (wanted.length === 0) return;
      await platform.as(agent, async ({ SID, orgId }) => {
        for (const { id, account } of wanted) {
          const page = { pageNo: 0, pageSize: 20 };
          const { users } = await platform.call('user', 'searchUserByOrgId', { SID, orgId, name: account, ...page });
          const user = (users as { id: number; account: string }[]).find((each) => each.account === account);
          if (user) known.set(user.id, id);
        }
      });
    },
    userIdOf: (contact: Contact): number | undefined => [...known].find(([, id]) => id === contact.id)?.[0],
    contactWith: (userId: number): Contact | undefined => contactOf(known.get(userId)),
  };
};
export type Directory = ReturnType<typeof createDirectory>;

import { randomInt } from 'node:crypto';
import type { Client } from '@meetframe/contract/beans';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../users/tables.ts';

type Company = { name: string; contactOpened: number };

export const companyOf = async (
  store: Store,
  { companyId }: Pick<UserRow, 'companyId'>,
): Promise<Company | undefined> =>
  companyId
    ? await store.selectFrom('company').select(['name', 'contactOpened']).where('id', '=', companyId).executeTakeFirst()
    : undefined;

type Entering = { id: number; name: string; user: UserRow | undefined; company: Company | undefined; mode: string };

/** The client of who enters a meeting. Mail address and telephone number are shown where the company shows those of its users. */
export const newClient = ({ id, name, user, company, mode }: Entering): Client => {
  const shown = company?.contactOpened === 1 ? user : undefined;
  return {
    id,
    userId: user?.id ?? null,
    name,
    email: shown?.email ?? null,
    phone: shown?.phone ?? null,
    pictureurl: user?.photo ?? null,
    company: company?.name ?? null,
    mode,
    streamId: id,
    broadCastId: randomInt(1, 2 ** 31),
    isMuted: false,
    isSuperModerator: false,
    peerId: null,
  };
};

import { hashPassword } from './passwords.ts';
import type { Store } from './store.ts';

/** Accounts that exist in demo mode, and in tests. */
export const demoAccounts = [
  { account: 'admin', password: 'demo', name: 'Ada Admin', role: 'companyAdmin' },
  { account: 'alice', password: 'demo', name: 'Alice', role: 'user' },
  { account: 'bob', password: 'demo', name: 'Bob', role: 'user' },
  { account: 'carol', password: 'demo', name: 'Carol', role: 'user' },
] as const;

export const demoApp = { appId: 'demo', secret: 'demo-secret' };

/** Fills an empty database; in a filled one it only brings the demo app's origins up to date. */
export const seedDemo = async (store: Store, origins: string[]): Promise<void> => {
  const known = await store.selectFrom('app').select('id').where('id', '=', demoApp.appId).executeTakeFirst();
  if (known) {
    await store
      .updateTable('app')
      .set({ origins: origins.join(' ') })
      .where('id', '=', demoApp.appId)
      .execute();
    return;
  }
  const nothing = { email: null, phone: null, logo: null };
  const { id: companyId } = await store
    .insertInto('company')
    .values({ ...nothing, name: 'Demo', address: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await store
    .insertInto('app')
    .values({
      id: demoApp.appId,
      name: 'Demo',
      secret: demoApp.secret,
      companyId,
      origins: origins.join(' '),
      callbackUrl: null,
    })
    .execute();
  const ids = new Map<string, number>();
  for (const { account, password, name, role } of demoAccounts) {
    const row = {
      account,
      name,
      role,
      password: await hashPassword(password),
      email: `${account}@example.com`,
      phone: null,
      photo: null,
      companyId,
      appId: '',
    };
    ids.set(account, (await store.insertInto('user').values(row).returning('id').executeTakeFirstOrThrow()).id);
  }
  const room = (id: number, name: string) => ({
    id,
    name,
    ownerId: ids.get('admin') ?? null,
    companyId,
    roomType: 2,
    definition: '720p',
    numberLimit: 100,
    isPublic: 1,
    password: null as string | null,
    logo: null,
    comment: null,
    temporary: 0,
    usedAt: 0,
  });
  await store
    .insertInto('room')
    .values([
      room(1012, 'Daily stand-up'),
      { ...room(1013, 'Board'), password: await hashPassword('1234') },
      { ...room(1014, 'Private talk'), isPublic: 0, ownerId: ids.get('alice') ?? null },
      { ...room(1015, 'Table for two'), numberLimit: 2 },
    ])
    .execute();
};

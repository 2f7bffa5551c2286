import { randomBytes } from 'node:crypto';
import { alone, countOn } from './exclusive.ts';
import { newUser } from './newUser.ts';
import { platformPasswords } from './passwords.ts';
import type { Store } from './store.ts';

/** Accounts of demo mode and of tests. `root` belongs to the platform, the others to the demo company. */
export const demoAccounts = [
  { account: 'root', password: 'demo', name: 'Root', role: 'platformAdmin' },
  { account: 'admin', password: 'demo', name: 'Ada Admin', role: 'companyAdmin' },
  { account: 'alice', password: 'demo', name: 'Alice', role: 'user' },
  { account: 'bob', password: 'demo', name: 'Bob', role: 'user' },
  { account: 'carol', password: 'demo', name: 'Carol', role: 'user' },
] as const;

export const demoApp = { appId: 'demo', secret: 'demo-secret' };
const roomPassword = '1234';

const nothing = { email: null, phone: null, logo: null, address: null };

const addCompany = async (store: Store, name: string): Promise<number> =>
  (
    await store
      .insertInto('company')
      .values({ ...nothing, name })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;

const fill = async (store: Store, origins: string, hashes: ReadonlyMap<string, string>): Promise<void> => {
  const platformId = await addCompany(store, 'MeetFrame');
  const companyId = await addCompany(store, 'Demo');
  await store
    .insertInto('app')
    .values({
      id: demoApp.appId,
      name: 'Demo',
      secret: hashes.get(demoApp.secret) ?? '',
      keyId: randomBytes(6).toString('base64url'),
      createdAt: Date.now(),
      companyId,
      origins,
      callbackUrl: null,
      // The demo's pages have no back end.
      trustPages: 1,
    })
    .execute();
  const ids = new Map<string, number>();
  for (const { account, password, name, role } of demoAccounts) {
    const row = newUser({
      account,
      name,
      role,
      password: hashes.get(password) ?? null,
      email: `${account}@example.com`,
      companyId: role === 'platformAdmin' ? platformId : companyId,
    });
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
    createdAt: Date.now(),
    appointmentId: null,
  });
  await store
    .insertInto('room')
    .values([
      room(1012, 'Daily stand-up'),
      { ...room(1013, 'Board'), password: hashes.get(roomPassword) ?? null },
      { ...room(1014, 'Private talk'), isPublic: 0, ownerId: ids.get('alice') ?? null },
      { ...room(1015, 'Table for two'), numberLimit: 2 },
    ])
    .execute();
  await countOn(store, 'room');
};

const isEmpty = async (store: Store): Promise<boolean> =>
  (await store.selectFrom('company').select('id').limit(1).executeTakeFirst()) === undefined;

/** Fills an empty database. In any other it only updates the demo app's origins, and that its pages are trusted. */
export const seedDemo = async (store: Store, origins: string[]): Promise<void> => {
  const isKnown = await alone(store, async (all) => {
    const { numUpdatedRows } = await all
      .updateTable('app')
      .set({ origins: origins.join(' '), trustPages: 1 })
      .where('id', '=', demoApp.appId)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows) > 0 || !(await isEmpty(all));
  });
  if (isKnown) return;
  // Hash the passwords outside the transaction: it takes long and would block other writers.
  const secrets = [...new Set([...demoAccounts.map(({ password }) => password), roomPassword, demoApp.secret])];
  const hashes = new Map(
    await Promise.all(secrets.map(async (each) => [each, await platformPasswords.hashPassword(each)] as const)),
  );
  await alone(store, async (all) => {
    if (await isEmpty(all)) await fill(all, origins.join(' '), hashes);
  });
};

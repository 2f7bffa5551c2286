import type { Actor } from '@meetframe/contract/may';
import { hashPassword } from '../account/passwords.ts';
import { makeSign } from '../account/signs.ts';
import { demoApp } from '../store/demo.ts';
import type { Store } from '../store/store.ts';
import type { Role } from '../users/tables.ts';
import type { TestServer } from './harness.ts';
import { insertUsers, makeScenes } from './scenes.ts';

export type Person = { id: number; account: string; SID: string };
const password = 'demo';

/** Two companies with an app each: the people of one, and two users of the other. */
export const makeWorld = async (server: TestServer) => {
  const store: Store = await server.store();
  const hash = await hashPassword(password);

  const add = (companyId: number, role: Role, accounts: readonly string[]) =>
    insertUsers({ store, hash, companyId }, role, accounts);
  const login = async (account: string): Promise<Person> => {
    const { id } = await store
      .selectFrom('user')
      .select('id')
      .where('account', '=', account)
      .where('appId', '=', '')
      .executeTakeFirstOrThrow();
    return { id, account, SID: await server.login(account) };
  };

  const home = await store
    .selectFrom('app')
    .select(['companyId', 'keyId'])
    .where('id', '=', demoApp.appId)
    .executeTakeFirstOrThrow();
  const { id: elsewhere } = await store
    .insertInto('company')
    .values({ name: 'Elsewhere', email: null, phone: null, logo: null, address: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await store
    .insertInto('app')
    .values({
      id: 'elsewhere',
      name: 'Elsewhere',
      secret: '',
      keyId: 'elsewhere',
      companyId: elsewhere,
      origins: '',
      callbackUrl: null,
    })
    .execute();
  await add(home.companyId, 'user', ['bystander', 'member', 'owner', 'chosen']);
  await add(elsewhere, 'user', ['foreigner']);
  await add(elsewhere, 'companyAdmin', ['foreignAdmin']);

  const people: Record<Exclude<Actor, 'stranger' | 'app'>, Person> = {
    user: await login('bystander'),
    member: await login('member'),
    chosenModerator: await login('chosen'),
    owner: await login('owner'),
    companyAdmin: await login('admin'),
    platformAdmin: await login('root'),
  };
  const foreigners = { user: await login('foreigner'), admin: await login('foreignAdmin') };
  const signOf = (appId: string) => {
    const keyId = appId === demoApp.appId ? home.keyId : 'elsewhere';
    return makeSign({ appId, keyId }, server.config.SIGN_SECRET, 600);
  };

  const last = async (table: 'user' | 'room') =>
    (await store.selectFrom(table).select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()).id;
  const lastUser = await last('user');
  const lastRoom = await last('room');

  return {
    /** Removes every scene and what was made in it. */
    async clear(): Promise<void> {
      await store.deleteFrom('record').execute();
      await store.deleteFrom('transcript').execute();
      await store.deleteFrom('appointment').execute();
      await store.deleteFrom('room').where('id', '>', lastRoom).execute();
      await store.deleteFrom('user').where('id', '>', lastUser).execute();
    },
    store,
    password,
    orgId: home.companyId,
    people,
    sign: signOf(demoApp.appId),
    login,
    scenes: (count: number) =>
      makeScenes(count, {
        store,
        companyId: home.companyId,
        ownerId: people.owner.id,
        memberId: people.member.id,
        hash,
      }),
    foreign: { orgId: elsewhere, sign: signOf('elsewhere'), people: foreigners },
  };
};
export type World = Awaited<ReturnType<typeof makeWorld>>;

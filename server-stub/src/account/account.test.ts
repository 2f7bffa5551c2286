import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { eachWithDemo, folder, store } from '../testing/demoStore.ts';
import { makeThrottles } from '../throttle/throttles.ts';
import { retireUser } from '../users/users.ts';
import { makeAccounts } from './account.ts';
import { platformApp } from './app.ts';

eachWithDemo();

/** `meanwhile` runs after the password was verified, before the session is opened. */
const make = (meanwhile: () => Promise<unknown>) => {
  const throttles = makeThrottles(store);
  return makeAccounts(store, parseConfig({ DATA_DIR: folder.path }), {
    ...throttles,
    guard: (...given) => ({
      ...throttles.guard(...given),
      async attempt(_, check) {
        const found = await check();
        await meanwhile();
        return found;
      },
    }),
  });
};
const alice = () => store.selectFrom('user').selectAll().where('account', '=', 'alice').executeTakeFirstOrThrow();
const sessions = () => store.selectFrom('session').selectAll().execute();

test('[2.2] [2.34] a login that was checked against a password that changed meanwhile opens no session', async () => {
  const user = await alice();
  const changing = make(async () => undefined);
  const accounts = make(() => changing.setPassword(user, 'another one'));
  expect(await accounts.login('alice', 'demo', platformApp, { ip: '' })).toEqual({ result: 1 });
  expect(await sessions()).toEqual([]);
  expect(await changing.login('alice', 'another one', platformApp, { ip: '' })).toMatchObject({ result: 0 });
});

test('[2.34] a password that an administrator sets while the old one is checked stays', async () => {
  const user = await alice();
  const changing = make(async () => undefined);
  const accounts = make(() => changing.setPassword(user, 'set meanwhile'));
  const change = { SID: undefined, ip: '', old: 'demo', fresh: 'one’s own' };
  expect(await accounts.modifyPassword(user, change)).toBe(1);
  expect(await changing.login('alice', 'set meanwhile', platformApp, { ip: '' })).toMatchObject({ result: 0 });
});

test('[2.2] [2.29] nor does the login of a user who was deleted meanwhile', async () => {
  const { id } = await alice();
  const accounts = make(() => retireUser(store, id));
  expect(await accounts.login('alice', 'demo', platformApp, { ip: '' })).toEqual({ result: 1 });
  expect(await sessions()).toEqual([]);
});

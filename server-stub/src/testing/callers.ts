import { hashPassword } from '../account/passwords.ts';
import type { Json, TestClient, TestServer } from './harness.ts';
import { insertUsers } from './scenes.ts';

/** Fresh users for each test, because limits are counted by user; `device` logs one in and registers it for calls. */
export const makeCallers = async (server: TestServer) => {
  const hash = await hashPassword('demo');
  const store = await server.store();
  const { companyId } = await store.selectFrom('app').select('companyId').executeTakeFirstOrThrow();
  let round = 0;
  let ids = new Map<string, number>();
  const id = (name: string): number => ids.get(name) as number;
  const login = (name: string): Promise<string> => server.login(`${name} c${round}`);
  return {
    companyId,
    id,
    login,
    async renew(names: readonly string[], company: number | null = companyId): Promise<void> {
      round++;
      const accounts = names.map((name) => `${name} c${round}`);
      const users = await insertUsers({ store, hash, companyId: company as number }, 'user', accounts);
      ids = new Map(users.map((user) => [user.account.split(' ')[0] as string, user.id]));
    },
    async device(name: string, mode = 'pc'): Promise<TestClient> {
      const client = await server.client({ SID: await login(name), mode });
      await client.call('call.doRegister', { userId: id(name), deviceType: mode });
      return client;
    },
    row: async (callId: string): Promise<Json> =>
      await store.selectFrom('call').selectAll().where('id', '=', callId).executeTakeFirstOrThrow(),
  };
};
export type Callers = Awaited<ReturnType<typeof makeCallers>>;

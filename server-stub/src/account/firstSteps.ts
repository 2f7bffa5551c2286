import type { Log } from '../log.ts';
import { demoAccounts } from '../store/demo.ts';
import type { Store } from '../store/store.ts';
import { isPassword } from './passwords.ts';

const command = 'npm run admin --';

/** What the administrator must do before the platform can be used, one sentence each; empty once it is set up. */
const firstSteps = async (store: Store): Promise<string[]> => {
  const administrator = await store
    .selectFrom('user')
    .select('id')
    .where('role', '=', 'platformAdmin')
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  const app = await store.selectFrom('app').select('id').limit(1).executeTakeFirst();
  const steps: string[] = [];
  if (!administrator)
    steps.push(
      `This platform has no administrator yet. Create the first one: ${command} user create-admin <account> --platform`,
    );
  if (!app)
    steps.push(
      `No partner can use this platform yet. Make a company and its app: ${command} company create <name>, then ` +
        `${command} app create <id> --company <id> --origin https://partner.example`,
    );
  return steps;
};

/** Demo accounts that still have the published password. */
const demoLeftovers = async (store: Store): Promise<string[]> => {
  const names = demoAccounts.map(({ account }) => account);
  const rows = await store
    .selectFrom('user')
    .select(['account', 'password'])
    .where('appId', '=', '')
    .where('account', 'in', names)
    .where('deletedAt', 'is', null)
    .execute();
  const open = await Promise.all(
    rows.map(async ({ account, password }) => {
      const known = demoAccounts.find((each) => each.account === account)?.password ?? '';
      return password !== null && (await isPassword(known, password)) ? [account] : [];
    }),
  );
  return open.flat();
};

/** Writes to the log what the administrator should still do. */
export const adviseAdministrator = async (store: Store, log: Log, { isDemo }: { isDemo: boolean }): Promise<void> => {
  for (const step of await firstSteps(store)) log.warn(step);
  const leftovers = isDemo ? [] : await demoLeftovers(store);
  if (leftovers.length)
    log.warn(
      { accounts: leftovers },
      'Accounts of the demo still have the published password. Change it or remove them: npm run admin -- user',
    );
};

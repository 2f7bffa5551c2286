import type { Command } from 'commander';
import { makeAccounts } from '../account/account.ts';
import { newUser } from '../store/newUser.ts';
import { platformPasswords } from '../store/passwords.ts';
import { contains } from '../store/search.ts';
import type { Store } from '../store/store.ts';
import { makeThrottles } from '../throttle/throttles.ts';
import type { UserRow } from '../users/tables.ts';
import { retireUser } from '../users/users.ts';
import { withStore } from './database.ts';
import { Failure } from './failure.ts';
import { count, id, name } from './options.ts';
import { confirm, readSecret, remark, say, table, time } from './terminal.ts';

/** Minimum length of a password. */
const shortest = 8;
const levels = { platformAdmin: 'platform admin', companyAdmin: 'company admin', user: 'user', attendee: 'attendee' };

type PasswordOptions = { passwordStdin?: boolean; generate?: boolean };
const passwordOf = (options: PasswordOptions) =>
  readSecret('password', { stdin: options.passwordStdin, generate: options.generate }, shortest);
const show = ({ secret, made }: { secret: string; made: boolean }): void => {
  if (!made) return;
  say(`Password: ${secret}`);
  remark('It is shown only now.');
};

/** A user by account name; `--id` is needed for users of apps and works for any other. */
const find = async (store: Store, given: string, byId: boolean | undefined): Promise<UserRow> => {
  const living = store.selectFrom('user').selectAll().where('deletedAt', 'is', null);
  if (byId && !/^[1-9]\d{0,14}$/.test(given)) throw new Failure(`"${given}" is no id of a user; see user list.`);
  const row = await (byId
    ? living.where('id', '=', Number(given))
    : living.where('account', '=', given).where('appId', '=', '')
  ).executeTakeFirst();
  if (row) return row;
  throw new Failure(
    byId
      ? `There is no user with the id ${given}.`
      : `There is no account ${given} of the platform itself. For a user of an app give the id (see user list) and --id.`,
  );
};

/** Fails before the password is asked for, if the account cannot be created. */
const checkNew = async (store: Store, account: string, companyId: number | null): Promise<void> => {
  const company =
    companyId === null ||
    (await store.selectFrom('company').select('id').where('id', '=', companyId).executeTakeFirst());
  if (!company) throw new Failure(`There is no company ${companyId}; see company list.`);
  const taken = await store
    .selectFrom('user')
    .select('id')
    .where('account', '=', account)
    .where('appId', '=', '')
    .executeTakeFirst();
  if (taken) throw new Failure(`There is an account ${account} already, user ${taken.id}; see user set-password.`);
};

const createAdmin = async (
  store: Store,
  {
    password,
    ...input
  }: {
    account: string;
    name: string;
    password: string;
    companyId: number | null;
    role: 'platformAdmin' | 'companyAdmin';
  },
): Promise<number> => {
  const made = await store
    .insertInto('user')
    .values(newUser({ ...input, password: await platformPasswords.hashPassword(password) }))
    .onConflict((clash) => clash.columns(['appId', 'account']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return (
    made?.id ??
    Promise.reject(new Failure(`The account ${input.account} was created by another process at this moment.`))
  );
};

export const userCommands = (program: Command): void => {
  const user = program.command('user').description('users and administrators');

  user
    .command('create-admin')
    .description('create an administrator of the whole platform or of one company')
    .argument('<account>', 'account name with which the administrator logs in', name)
    .option('--platform', 'administers the whole platform')
    .option('--company <id>', 'administers this company; with --platform, only belongs to it', id)
    .option('--name <name>', 'name that users see; default: the account', name)
    .option('--password-stdin', 'read the password from standard input instead of asking')
    .option('--generate', 'generate a password and print it')
    .action(async (account: string, options, command: Command) => {
      if (!options.platform && options.company === undefined) command.error('error: give --platform or --company <id>');
      await withStore(async (store) => {
        const companyId: number | null = options.company ?? null;
        await checkNew(store, account, companyId);
        const password = await passwordOf(options);
        const userId = await createAdmin(store, {
          account,
          name: options.name ?? account,
          password: password.secret,
          companyId,
          role: options.platform ? 'platformAdmin' : 'companyAdmin',
        });
        say(`User ${userId} (${account}) administers ${options.platform ? 'the platform' : `company ${companyId}`}.`);
        show(password);
      });
    });

  user
    .command('set-password')
    .description('set a new password for a user and end all sessions of that user')
    .argument('<account>')
    .option('--id', '<account> is the id of the user, not the account')
    .option('--password-stdin', 'read the password from standard input instead of asking')
    .option('--generate', 'generate a password and print it')
    .action(async (account: string, options) =>
      withStore(async (store, config) => {
        const row = await find(store, account, options.id);
        if (row.appId !== '')
          throw new Failure(`User ${row.id} signs on through the app ${row.appId} and has no password.`);
        const password = await passwordOf(options);
        await makeAccounts(store, config, makeThrottles(store)).setPassword(row, password.secret);
        say(`User ${row.id} (${row.account}) has a new password; all sessions of the user ended.`);
        show(password);
      }),
    );

  user
    .command('list')
    .description('list users')
    .option('--company <id>', 'only users of this company', id)
    .option('--search <text>', 'only users whose account or name contains this text')
    .option('--limit <n>', 'most entries of the list', count, 100)
    .option('--json', 'as JSON')
    .action(async (options) =>
      withStore(async (store) => {
        let wanted = store
          .selectFrom('user')
          .leftJoin('company', 'company.id', 'user.companyId')
          .select([
            'user.id',
            'account',
            'user.name',
            'role',
            'companyId',
            'company.name as company',
            'appId',
            'createdAt',
          ])
          .where('deletedAt', 'is', null)
          .orderBy('user.id')
          .limit(options.limit + 1);
        if (options.company !== undefined) wanted = wanted.where('companyId', '=', options.company);
        if (options.search)
          wanted = wanted.where((row) =>
            row.or([contains('user.account', options.search), contains('user.name', options.search)]),
          );
        const rows = await wanted.execute();
        const shown = rows.slice(0, options.limit);
        if (options.json) say(JSON.stringify(shown, null, 2));
        else
          table(
            shown.map((row) => ({
              id: row.id,
              account: row.account,
              name: row.name,
              level: levels[row.role],
              company: row.companyId === null ? null : `${row.companyId} ${row.company ?? ''}`.trim(),
              app: row.appId || null,
              created: time(Number(row.createdAt)),
            })),
            'There are no users.',
          );
        if (rows.length > shown.length)
          remark(`There are more than ${options.limit}; see --limit, --company, --search.`);
      }),
    );

  user
    .command('remove')
    .description('remove a user; rooms, appointments and recordings of the user stay')
    .argument('<account>')
    .option('--id', '<account> is the id of the user, not the account')
    .option('--yes', 'do not ask')
    .action(async (account: string, { id: byId, yes }) =>
      withStore(async (store) => {
        const row = await find(store, account, byId);
        await confirm(`User ${row.id} (${row.account}, ${levels[row.role]}) will be removed.`, yes);
        await retireUser(store, row.id);
        say(`User ${row.id} (${row.account}) was removed; all sessions of the user ended.`);
      }),
    );
};

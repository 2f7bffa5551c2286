import { Argument, type Command } from 'commander';
import type { Insertable } from 'kysely';
import { alone, countOn } from '../store/exclusive.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { withStore } from './database.ts';
import { Failure } from './failure.ts';
import { id, name } from './options.ts';
import { say, table } from './terminal.ts';

/** The first company is number 2, which the specification gives as `orgId` to private installations. */
const insertCompany = async (store: Store, values: Insertable<Tables['company']>): Promise<{ id: number }> =>
  await alone(store, async (all) => {
    const isFirst = (await all.selectFrom('company').select('id').limit(1).executeTakeFirst()) === undefined;
    const made = await all
      .insertInto('company')
      .values({ ...values, ...(isFirst && { id: 2 }) })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (isFirst) await countOn(all, 'company');
    return made;
  });

const list = async (store: Store) => {
  const rows = await store
    .selectFrom('company')
    .select((of) => [
      'company.id',
      'company.name',
      'company.contactOpened',
      of
        .selectFrom('user')
        .select((users) => users.fn.countAll().as('count'))
        .whereRef('user.companyId', '=', 'company.id')
        .where('user.deletedAt', 'is', null)
        .as('users'),
      of
        .selectFrom('app')
        .select((apps) => apps.fn.countAll().as('count'))
        .whereRef('app.companyId', '=', 'company.id')
        .as('apps'),
    ])
    .orderBy('company.id')
    .execute();
  return rows.map(({ users, apps, contactOpened, ...row }) => ({
    ...row,
    users: Number(users),
    apps: Number(apps),
    contacts: contactOpened === 1 ? ('open' as const) : ('closed' as const),
  }));
};

export const companyCommands = (program: Command): void => {
  const company = program
    .command('company')
    .description('companies: users see the users and meetings of their own company only');

  company
    .command('create')
    .description('make a company and print its id')
    .argument('<name>', '', name)
    .option('--open-contacts', 'let its users see one another’s e-mail addresses and telephone numbers')
    .action(async (called: string, { openContacts }: { openContacts?: boolean }) =>
      withStore(async (store) => {
        const contactOpened = openContacts ? 1 : 0;
        const empty = { email: null, phone: null, logo: null, address: null, contactOpened };
        const made = await insertCompany(store, { ...empty, name: called });
        say(`Company ${made.id} was made.`);
      }),
    );

  company
    .command('list')
    .description('list companies with their numbers of users and apps, and whether their contacts are open')
    .option('--json', 'as JSON')
    .action(async ({ json }) =>
      withStore(async (store) => {
        const rows = await list(store);
        if (json) say(JSON.stringify(rows, null, 2));
        else table(rows, 'There are no companies.');
      }),
    );

  company
    .command('rename')
    .description('give a company another name')
    .argument('<id>', '', id)
    .argument('<name>', '', name)
    .action(async (companyId: number, called: string) =>
      withStore(async (store) => {
        const row = await store
          .updateTable('company')
          .set({ name: called })
          .where('id', '=', companyId)
          .returning('id')
          .executeTakeFirst();
        if (!row) throw new Failure(`There is no company ${companyId}.`);
        say(`Company ${companyId} is called ${called}.`);
      }),
    );

  company
    .command('set-contacts')
    .description(
      'set whether users of a company see one another’s e-mail addresses and telephone numbers; administrators always do',
    )
    .argument('<id>', '', id)
    .addArgument(new Argument('<contacts>').choices(['open', 'closed']))
    .action(async (companyId: number, contacts: 'open' | 'closed') =>
      withStore(async (store) => {
        const row = await store
          .updateTable('company')
          .set({ contactOpened: contacts === 'open' ? 1 : 0 })
          .where('id', '=', companyId)
          .returning('name')
          .executeTakeFirst();
        if (!row) throw new Failure(`There is no company ${companyId}.`);
        say(`The contacts of ${row.name} are ${contacts}.`);
      }),
    );
};

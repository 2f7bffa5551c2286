import type { User } from '@meetframe/contract/beans';
import { companyNamed, knownCompany } from '../account/company.ts';
import { hashPassword } from '../account/passwords.ts';
import { administers } from '../account/standing.ts';
import { fail } from '../errors.ts';
import { merged } from '../store/merged.ts';
import { newUser } from '../store/newUser.ts';
import { beginsWith } from '../store/search.ts';
import type { Store } from '../store/store.ts';
import { seek, total } from '../store/tally.ts';
import { type Level, levelOf, roleOf, userBean } from './bean.ts';
import { shownTo } from './contacts.ts';
import type { UserRow } from './tables.ts';

type Profile = {
  name?: string | undefined;
  phone?: string | null | undefined;
  email?: string | null | undefined;
  address?: string | null | undefined;
  job?: string | null | undefined;
  companyname?: string | null | undefined;
};

type Page = { offset: number; size: number };

const given = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** The account of a deleted user. No other account can be equal to it, because accounts never begin with a space. */
const retiredAccount = (id: number): string => ` deleted-${id}`;

/** Frees the account and removes the password. The row stays, because rooms, chat lines and recordings refer to it. */
export const retireUser = async (store: Store, id: number): Promise<void> => {
  await store.transaction().execute(async (all) => {
    await all
      .updateTable('user')
      .set({ account: retiredAccount(id), password: null, role: 'attendee', deletedAt: Date.now() })
      .where('id', '=', id)
      .execute();
    await all.deleteFrom('session').where('userId', '=', id).execute();
    await all.deleteFrom('room_member').where('userId', '=', id).execute();
    await all.updateTable('room').set({ ownerId: null }).where('ownerId', '=', id).execute();
  });
};

/** The users of a company (2.26 to 2.29). */
export const makeUsers = (store: Store) => {
  const living = () => store.selectFrom('user').selectAll().where('deletedAt', 'is', null);

  /** A user that `asker` may manage: one of a company that `asker` administers, or `asker`. */
  const findToAdminister = async (userId: number, asker: UserRow): Promise<UserRow> => {
    const row = await living().where('id', '=', userId).executeTakeFirst();
    const hidden = () => fail('NOT_FOUND', `There is no user ${userId}.`, { field: 'userId' });
    if (!row) return hidden();
    if (row.id === asker.id) return row;
    if (!administers(asker, row.companyId))
      return row.companyId === asker.companyId
        ? fail('FORBIDDEN', 'Only administrators of the company may do this to others.')
        : hidden();
    if (row.role === 'platformAdmin' && asker.role !== 'platformAdmin')
      fail('FORBIDDEN', 'Only administrators of the platform may change or delete one of them.');
    return row;
  };

  const everybody = async (companyId: number, page: Page) => {
    const rows = async () => {
      const { from, skip } = await seek(store, { list: 'user', owner: companyId, offset: page.offset, order: 'asc' });
      return await living()
        .where('companyId', '=', companyId)
        .where('id', '>=', from)
        .orderBy('id')
        .offset(skip)
        .limit(page.size)
        .execute();
    };
    const [totalCount, found] = await Promise.all([total(store, 'user', companyId), rows()]);
    return { rows: found, totalCount };
  };

  /** Users whose name or account begins with the text. */
  const beginning = async (companyId: number, text: string, page: Page) => {
    const found = merged(
      store,
      (['name', 'account'] as const).map((column) =>
        store
          .selectFrom('user')
          .select('id')
          .where('companyId', '=', companyId)
          .where('deletedAt', 'is', null)
          .where(beginsWith(column, text)),
      ),
    ).as('found');
    const [{ count }, rows] = await Promise.all([
      store
        .selectFrom(found)
        .select((of) => of.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow(),
      store
        .selectFrom('user')
        .selectAll()
        .where('id', 'in', (of) =>
          of.selectFrom(found).select('found.id').orderBy('found.id').offset(page.offset).limit(page.size),
        )
        .orderBy('id')
        .execute(),
    ]);
    return { rows, totalCount: count };
  };

  const checkLevel = (level: Level, asker: UserRow): void => {
    if (level === 1 && asker.role !== 'platformAdmin')
      fail('FORBIDDEN', 'Only administrators of the platform may give this level.', { field: 'level' });
  };

  return {
    findToAdminister,
    /** The company in which a call makes something: the caller's own, or the one that an administrator of the platform names. */
    companyOf: (caller: { companyId: number | null; role?: string }, orgId: number | undefined) =>
      knownCompany(store, caller, orgId),

    /** The users as `viewer` may see them. */
    async byIds(ids: readonly number[], viewer: UserRow | undefined): Promise<Map<number, User>> {
      const unique = [...new Set(ids)];
      if (unique.length === 0) return new Map();
      const rows = await store
        .selectFrom('user')
        .leftJoin('company', 'company.id', 'user.companyId')
        .selectAll('user')
        .select(['company.name as ofCompany', 'company.contactOpened'])
        .where('user.id', 'in', unique)
        .execute();
      return new Map(rows.map((row) => [row.id, shownTo(viewer, userBean(row, row.ofCompany), row)]));
    },

    async search(
      input: { orgId: number; name?: string | undefined; offset: number; size: number },
      asker: UserRow,
    ): Promise<{ users: User[]; levels: Record<string, Level>; totalCount: number }> {
      if (asker.role === 'attendee') fail('FORBIDDEN', 'Attendees (level 5) cannot list users.');
      const companyId = await companyNamed(store, asker, input.orgId);
      const [{ rows, totalCount }, company] = await Promise.all([
        companyId === null
          ? { rows: [], totalCount: 0 }
          : input.name
            ? beginning(companyId, input.name, input)
            : everybody(companyId, input),
        store.selectFrom('company').select(['name', 'contactOpened']).where('id', '=', companyId).executeTakeFirst(),
      ]);
      return {
        users: rows.map((row) =>
          shownTo(asker, userBean(row, company?.name ?? null), {
            id: row.id,
            companyId,
            contactOpened: company?.contactOpened ?? 0,
          }),
        ),
        levels: Object.fromEntries(rows.map((row) => [String(row.id), levelOf(row.role)])),
        totalCount,
      };
    },

    /** `undefined` when the account is already taken. */
    async add(
      input: Profile & { orgId: number; account: string; password: string; level: Level; name: string },
      asker: UserRow,
    ): Promise<number | undefined> {
      const companyId = await knownCompany(store, asker, input.orgId);
      checkLevel(input.level, asker);
      const made = await store
        .insertInto('user')
        .values(
          newUser({
            account: input.account,
            password: await hashPassword(input.password, `user ${asker.id}`),
            name: input.name,
            email: input.email ?? null,
            phone: input.phone ?? null,
            companyId,
            role: roleOf(input.level),
            job: input.job ?? null,
          }),
        )
        .onConflict((clash) => clash.columns(['appId', 'account']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return made?.id;
    },

    async modify(userId: number, input: Profile & { level?: Level | undefined }, asker: UserRow): Promise<UserRow> {
      const row = await findToAdminister(userId, asker);
      if (input.level !== undefined && input.level !== levelOf(row.role)) {
        if (row.id === asker.id) fail('FORBIDDEN', 'You cannot change your own level.', { field: 'level' });
        checkLevel(input.level, asker);
      }
      const change = given({
        name: input.name,
        phone: input.phone,
        email: input.email,
        address: input.address,
        job: input.job,
        companyName: input.companyname === '' ? null : input.companyname,
        role: input.level === undefined ? undefined : roleOf(input.level),
      });
      if (Object.keys(change).length === 0) return row;
      return await store
        .updateTable('user')
        .set(change)
        .where('id', '=', userId)
        .returningAll()
        .executeTakeFirstOrThrow();
    },

    async remove(userId: number, orgId: number, asker: UserRow): Promise<void> {
      const row = await findToAdminister(userId, asker);
      if (row.companyId !== (await companyNamed(store, asker, orgId)))
        fail('NOT_FOUND', `There is no user ${userId} in the company ${orgId}.`, { field: 'userId' });
      if (row.id === asker.id) fail('CONFLICT', 'You cannot delete yourself.', { field: 'userId' });
      await retireUser(store, row.id);
    },
  };
};
export type Users = ReturnType<typeof makeUsers>;

import { randomBytes } from 'node:crypto';
import { fail } from '../errors.ts';
import { isOutwardUrl } from '../outward.ts';
import type { Store } from '../store/store.ts';
import { isAppId, originsOf } from './app.ts';
import { hashPassword } from './passwords.ts';
import type { AppRow } from './tables.ts';

export type AppSummary = {
  id: string;
  name: string;
  companyId: number;
  company: string | null;
  origins: string[];
  callbackUrl: string | null;
  createdAt: number;
  trustPages: boolean;
};

const newKey = () => randomBytes(6).toString('base64url');
/** 192 random bits in 32 characters, none of which has a meaning in shells or URLs. */
export const newSecret = (): string => randomBytes(24).toString('base64url');

const checkId = (id: string): string =>
  isAppId(id)
    ? id
    : fail('INVALID_ARGUMENT', `"${id}" cannot be the id of an app: letters, digits, "-" and "_", at most 100.`, {
        field: 'id',
      });

const checkSecret = (secret: string): string =>
  secret.length >= 16 && secret.length <= 200 && !/\s/.test(secret)
    ? secret
    : fail('INVALID_ARGUMENT', 'A secret has 16 to 200 characters and no blanks.', { field: 'secret' });

/** Checks that origins are written as browsers write them: http or https, no path. */
const checkOrigins = (given: readonly string[]): string[] => [...new Set(given.map(checkOrigin))];

const checkOrigin = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin;
  return fail(
    'INVALID_ARGUMENT',
    `"${text}" is no origin of pages; one is written as https://partner.example or https://partner.example:8443. Pages of files and of apps (capacitor:) have none of their own.`,
    {
      field: 'origins',
    },
  );
};

const checkCallback = (url: string | null): string | null =>
  url === null || (isOutwardUrl(url) && url.length <= 2000)
    ? url
    : fail(
        'INVALID_ARGUMENT',
        `"${url}" is no address for a call-back; one is written as https://partner.example/path.`,
        {
          field: 'callbackUrl',
        },
      );

/** The apps as administrators of the platform manage them. Secrets are stored as hashes and shown only when they are made. */
export const makeAppRegistry = (store: Store) => {
  const find = async (id: string): Promise<AppRow> =>
    (await store.selectFrom('app').selectAll().where('id', '=', id).executeTakeFirst()) ??
    fail('NOT_FOUND', `There is no app ${id}.`, { field: 'id' });

  const change = async (id: string, values: Partial<Omit<AppRow, 'id'>>): Promise<void> => {
    await find(id);
    await store.updateTable('app').set(values).where('id', '=', id).execute();
  };

  return {
    find,

    async create(input: {
      id: string;
      name: string;
      secret: string;
      companyId: number;
      origins: readonly string[];
      callbackUrl: string | null;
      trustPages?: boolean;
    }): Promise<void> {
      const id = checkId(input.id);
      const company = await store
        .selectFrom('company')
        .select('id')
        .where('id', '=', input.companyId)
        .executeTakeFirst();
      if (!company) fail('NOT_FOUND', `There is no company ${input.companyId}.`, { field: 'companyId' });
      // The users of a removed app still exist and belong to its company, so its id must not go to an app of another company.
      const formerUser = await store
        .selectFrom('user')
        .select('companyId')
        .where('appId', '=', id)
        .where('deletedAt', 'is', null)
        .where('companyId', '!=', input.companyId)
        .executeTakeFirst();
      if (formerUser)
        fail(
          'CONFLICT',
          `The id ${id} was that of an app of company ${formerUser.companyId}, whose users still exist.`,
        );
      const made = await store
        .insertInto('app')
        .values({
          id,
          name: input.name,
          secret: await hashPassword(checkSecret(input.secret)),
          keyId: newKey(),
          companyId: input.companyId,
          origins: checkOrigins(input.origins).join(' '),
          callbackUrl: checkCallback(input.callbackUrl),
          createdAt: Date.now(),
          trustPages: input.trustPages ? 1 : 0,
        })
        .onConflict((clash) => clash.doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made) fail('CONFLICT', `There is an app ${id} already.`, { field: 'id' });
    },

    async list(): Promise<AppSummary[]> {
      const rows = await store
        .selectFrom('app')
        .leftJoin('company', 'company.id', 'app.companyId')
        .select([
          'app.id',
          'app.name',
          'app.companyId',
          'company.name as company',
          'origins',
          'callbackUrl',
          'createdAt',
          'trustPages',
        ])
        .orderBy('app.id')
        .execute();
      return rows.map((row) => ({
        ...row,
        origins: originsOf(row),
        createdAt: Number(row.createdAt),
        trustPages: row.trustPages === 1,
      }));
    },

    /** Gives an app another secret. The old secret and all signs made with it become invalid. */
    async rotate(id: string, secret: string): Promise<void> {
      await change(id, { secret: await hashPassword(checkSecret(secret)), keyId: newKey() });
    },

    setOrigins: (id: string, origins: readonly string[]): Promise<void> =>
      change(id, { origins: checkOrigins(origins).join(' ') }),

    setCallback: (id: string, url: string | null): Promise<void> => change(id, { callbackUrl: checkCallback(url) }),

    setTrust: (id: string, isTrusted: boolean): Promise<void> => change(id, { trustPages: isTrusted ? 1 : 0 }),

    /** Removes an app. Its signs become invalid and its users cannot sign on; the users and their data stay. Returns how many sessions ended. */
    async remove(id: string): Promise<number> {
      await find(id);
      return await store.transaction().execute(async (all) => {
        await all.deleteFrom('app').where('id', '=', id).execute();
        const { numDeletedRows } = await all
          .deleteFrom('session')
          .where('userId', 'in', all.selectFrom('user').select('id').where('appId', '=', id))
          .executeTakeFirst();
        return Number(numDeletedRows);
      });
    },
  };
};

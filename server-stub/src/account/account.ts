import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { Company, User } from '@meetframe/contract/beans';
import { fail } from '../errors.ts';
import { limit } from '../limits.ts';
import { hashPassword, isPassword } from '../store/passwords.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import { type CallerApp, signedApp } from './app.ts';
import { makeSign, readSign } from './signs.ts';

const sessionLife = 30 * 24 * 3600_000;
const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const same = (a: string, b: string) => timingSafeEqual(Buffer.from(digest(a)), Buffer.from(digest(b)));

export type Identity = { user: User; company: Company | null };

export type Accounts = ReturnType<typeof makeAccounts>;

/** Accounts, session ids and signs. */
export const makeAccounts = (store: Store, config: { SIGN_SECRET: string; SIGN_TTL: number }) => {
  const logins = limit(10, 60);
  const signs = limit(60, 60);

  const openSession = async (userId: number): Promise<string> => {
    const SID = randomBytes(32).toString('base64url');
    const now = Date.now();
    await store
      .insertInto('session')
      .values({ hash: digest(SID), userId, createdAt: now, expiresAt: now + sessionLife })
      .execute();
    return SID;
  };

  const company = async (id: number | null): Promise<Company | null> =>
    (id && (await store.selectFrom('company').selectAll().where('id', '=', id).executeTakeFirst())) || null;

  const identity = async (row: UserRow): Promise<Identity> => {
    const own = await company(row.companyId);
    const { id, account, name, email, phone, photo } = row;
    return { user: { id, account, name, email, phone, photo, company: own?.name ?? null }, company: own };
  };

  const appOfSign = async (sign: string): Promise<CallerApp> => {
    const appId = readSign(sign, config.SIGN_SECRET);
    const row = await store.selectFrom('app').selectAll().where('id', '=', appId).executeTakeFirst();
    return row ? signedApp(row) : fail('UNAUTHENTICATED', 'The app of this sign no longer exists.');
  };

  return {
    identity,
    appOfSign,

    async getSign(appId: string, secret: string, ip: string): Promise<string> {
      await signs.check(`${ip} ${appId}`);
      const row = await store.selectFrom('app').select('secret').where('id', '=', appId).executeTakeFirst();
      if (!same(row?.secret ?? '', secret) || !row) {
        await signs.take(`${ip} ${appId}`);
        return fail('UNAUTHENTICATED', 'appId or secret is wrong.');
      }
      return makeSign(appId, config.SIGN_SECRET, config.SIGN_TTL);
    },

    async userOfSID(SID: string): Promise<UserRow | undefined> {
      return await store
        .selectFrom('session')
        .innerJoin('user', 'user.id', 'session.userId')
        .selectAll('user')
        .where('session.hash', '=', digest(SID))
        .where('session.expiresAt', '>', Date.now())
        .executeTakeFirst();
    },

    async login(account: string, password: string, app: CallerApp, ip: string) {
      const key = `${ip} ${account.toLowerCase()}`;
      await logins.take(key);
      const row = await store
        .selectFrom('user')
        .selectAll()
        .where('account', '=', account)
        .where('appId', 'in', ['', app.id])
        .where('password', 'is not', null)
        .orderBy('appId')
        .executeTakeFirst();
      const right = await isPassword(password, row?.password ?? (await neverMatches));
      if (!row || !right) return { result: 1 as const };
      await logins.forget(key);
      return { result: 0 as const, row, SID: await openSession(row.id), ...(await identity(row)) };
    },

    async logout(SID: string): Promise<void> {
      await store.deleteFrom('session').where('hash', '=', digest(SID)).execute();
    },

    /** Results: 0 signed on, 1 the app has no company, 2 wrong appkey, 3 the partner's call-back refused, 4 could not register. */
    async dockingLogin(
      input: {
        account: string;
        sign: string;
        appkey?: string | undefined;
        avatar?: string | undefined;
        userName?: string | undefined;
      },
      ip: string,
    ) {
      await logins.take(`docking ${ip} ${input.account}`);
      const app = await appOfSign(input.sign);
      const row = await store.selectFrom('app').selectAll().where('id', '=', app.id).executeTakeFirstOrThrow();
      if (!(await company(row.companyId))) return { result: 1 };
      if (input.appkey && !same(input.appkey, row.id) && !same(input.appkey, row.secret)) return { result: 2 };
      if (row.callbackUrl && !(await partnerKnows(row.callbackUrl, input))) return { result: 3 };
      const known = await store
        .selectFrom('user')
        .selectAll()
        .where('appId', '=', app.id)
        .where('account', '=', input.account)
        .executeTakeFirst();
      const values = {
        name: input.userName || known?.name || input.account,
        photo: input.avatar ?? known?.photo ?? null,
      };
      const saved = known
        ? await store.updateTable('user').set(values).where('id', '=', known.id).returningAll().executeTakeFirst()
        : await store
            .insertInto('user')
            .values({
              ...values,
              account: input.account,
              password: null,
              email: null,
              phone: null,
              companyId: app.companyId,
              role: 'user',
              appId: app.id,
            })
            .onConflict((clash) => clash.doNothing())
            .returningAll()
            .executeTakeFirst();
      if (!saved) return { result: 4 };
      await logins.forget(`docking ${ip} ${input.account}`);
      const who = await identity(saved);
      return {
        result: 0,
        row: saved,
        SID: await openSession(saved.id),
        user: who.user,
        organisation: who.company ?? undefined,
      };
    },
  };
};

const neverMatches = hashPassword(randomBytes(16).toString('hex'));

const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits);
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6');

export const isPrivateAddress = (address: string): boolean => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return inside.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
};

/** Asks the partner whether an account is theirs. Never talks to an address inside one's own network. */
async function partnerKnows(url: string, input: { account: string; sign: string }): Promise<boolean> {
  try {
    const target = new URL(url);
    if (!/^https?:$/.test(target.protocol)) return false;
    const addresses = await lookup(target.hostname.replace(/^\[|\]$/g, ''), { all: true });
    if (addresses.some(({ address }) => isPrivateAddress(address))) return false;
    const answer = await fetch(target, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(3000),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: input.account, sign: input.sign }),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

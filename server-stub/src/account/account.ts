import { randomBytes } from 'node:crypto';
import type { Company, User } from '@meetframe/contract/beans';
import { locked } from '../store/exclusive.ts';
import type { Store } from '../store/store.ts';
import { networkOf } from '../throttle/source.ts';
import type { Throttles } from '../throttle/throttles.ts';
import { type Level, levelOf, userBean } from '../users/bean.ts';
import type { UserRow } from '../users/tables.ts';
import type { CallerApp } from './app.ts';
import { makeApps } from './apps.ts';
import { actingUser } from './backEnd.ts';
import { makeCallback } from './callback.ts';
import { type DockingInput, makeDocking } from './docking.ts';
import { hashPassword, isOutdated, isPassword } from './passwords.ts';
import { renewHash } from './renewHash.ts';
import { makeSessions, type Place } from './sessions.ts';

export type Identity = { user: User; company: Company | null; level: Level };
type Settings = {
  SIGN_SECRET: string;
  SIGN_TTL: number;
  SESSION_IDLE_MS: number;
  SESSION_MAX_MS: number;
  CALLBACK_ALLOW: string[];
  MADE_UP_PER_HOUR: number;
};

/** Section 8.2. */
const companyFields = ['id', 'name', 'email', 'phone', 'logo', 'address'] as const;

export type Accounts = ReturnType<typeof makeAccounts>;

/** Identifies users: by password, by session id, by the sign of an app, or through a partner's call-back. */
export const makeAccounts = (store: Store, config: Settings, throttles: Throttles) => {
  const sessions = makeSessions(store, { idle: config.SESSION_IDLE_MS, absolute: config.SESSION_MAX_MS });
  const apps = makeApps(store, config, throttles);
  const dock = makeDocking(store, apps, makeCallback({ allow: config.CALLBACK_ALLOW }), {
    throttles,
    madeUp: config.MADE_UP_PER_HOUR,
  });
  const guesses = throttles.guard('login', { pair: [10, 60], source: [300, 600], target: [100, 3600] });
  /** Account names differ in case, but attempts to guess a password are counted without regard to case. */
  const guessAt = (account: string, ip: string) => ({ source: networkOf(ip), target: account.toLowerCase() });

  const identity = async (row: UserRow): Promise<Identity> => {
    const company =
      row.companyId === null
        ? undefined
        : await store.selectFrom('company').select(companyFields).where('id', '=', row.companyId).executeTakeFirst();
    return { user: userBean(row, company?.name ?? null), company: company ?? null, level: levelOf(row.role) };
  };

  /**
   * Ends every session of the user except the caller's. Addresses known for this account must prove themselves again. `source`: who causes
   * the change, unless it is the caller's network. With `onlyIf` it changes nothing and answers false if the stored hash is another one by now.
   */
  const setPassword = async (
    user: UserRow,
    fresh: string,
    {
      source,
      onlyIf,
      ...keep
    }: { SID?: string | undefined; ip?: string | undefined; source?: string; onlyIf?: string } = {},
  ): Promise<boolean> => {
    const password = await hashPassword(fresh, source ?? (keep.ip && networkOf(keep.ip)));
    const isSet = await store.transaction().execute(async (all) => {
      const now = await locked(all, 'user', user.id);
      if (!now || now.deletedAt !== null || (onlyIf !== undefined && now.password !== onlyIf)) return false;
      await all.updateTable('user').set({ password }).where('id', '=', user.id).execute();
      await sessions.endOthers(user.id, keep.SID, all);
      return true;
    });
    if (!isSet) return false;
    await guesses.forget(user.account.toLowerCase(), keep.ip && networkOf(keep.ip));
    return true;
  };

  return {
    identity,
    setPassword,
    appOfSign: apps.ofSign,
    appOfSecret: apps.ofSecret,
    actingUser: (app: CallerApp, userId: number) => actingUser(store, app, userId),
    appsById: apps.byIds,
    originsOfApp: apps.originsOf,
    isOriginOfApp: apps.isAnyOrigin,
    getSign: apps.getSign,
    userOfSID: sessions.userOf,
    livingSIDs: sessions.living,
    removeExpired: sessions.removeExpired,
    logout: sessions.end,
    endSessions: (userId: number): Promise<void> => sessions.endOthers(userId, undefined),

    /** Logs in by password (2.2). Answers 1 for a wrong name or password; both take the same time. */
    async login(account: string, password: string, app: CallerApp, place: Place) {
      const row = await guesses.attempt(guessAt(account, place.ip), async () => {
        const found = await store
          .selectFrom('user')
          .selectAll()
          .where('account', '=', account)
          .where('appId', 'in', ['', app.id])
          .where('password', 'is not', null)
          .where('deletedAt', 'is', null)
          .orderBy('appId')
          .executeTakeFirst();
        const isRight = await isPassword(password, found?.password ?? (await neverMatches()), networkOf(place.ip));
        return isRight ? found : undefined;
      });
      if (!row) return { result: 1 as const };
      const SID = await store.transaction().execute(async (all) => {
        // Checking a password takes a while. If the password changes meanwhile, no session must be opened.
        const now = await locked(all, 'user', row.id);
        return now?.password === row.password ? await sessions.open(row.id, place, all) : undefined;
      });
      if (SID !== undefined && isOutdated(row.password))
        await renewHash(store, 'user', row, { password, source: networkOf(place.ip) });
      return SID === undefined ? { result: 1 as const } : { result: 0 as const, row, SID, ...(await identity(row)) };
    },

    /** Changes the password (2.34): 1 when the old password is wrong, 2 when the user signs on through an app and has no password. */
    async modifyPassword(
      user: UserRow,
      { SID, ip, old, fresh }: { SID: string | undefined; ip: string; old: string; fresh: string },
    ): Promise<0 | 1 | 2> {
      if (user.password === null) return 2;
      const who = { ...guessAt(user.account, ip), identified: true };
      if (!(await guesses.attempt(who, () => isPassword(old, user.password, networkOf(ip))))) return 1;
      // Hashing takes a while: when an administrator has set another password meanwhile, that one stays.
      return (await setPassword(user, fresh, { SID, ip, onlyIf: user.password })) ? 0 : 1;
    },

    /**
     * Signs a user on (section 6.2). Results: 0 signed on, 1 to 4 see {@link makeDocking}. `FORBIDDEN` when only a sign is given and the
     * user is an administrator.
     */
    async dockingLogin(input: DockingInput, place: Place) {
      const row = await dock(input, place);
      if (typeof row === 'number') return { result: row };
      const { user, company } = await identity(row);
      const SID = await sessions.open(row.id, place);
      return { result: 0 as const, row, SID, user, organisation: company ?? undefined };
    },
  };
};

/** A hash to compare with when the account does not exist, so that the answer takes as long. */
let never: Promise<string> | undefined;
const neverMatches = (): Promise<string> => {
  never ??= hashPassword(randomBytes(16).toString('hex'));
  return never;
};

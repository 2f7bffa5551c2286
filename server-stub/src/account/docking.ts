import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { networkOf } from '../addresses.ts';
import type { Store } from '../store/store.ts';
import type { AppRow, Role, UserRow } from '../store/tables.ts';
import type { Throttles } from '../throttle/throttles.ts';
import type { Apps } from './apps.ts';
import { type Callback, isCallbackUrl, type Profile, Unanswered } from './callback.ts';
import type { Place } from './sessions.ts';

export type DockingInput = {
  account: string;
  sign: string;
  appkey?: string | undefined;
  avatar?: string | undefined;
  userName?: string | undefined;
  job?: string | undefined;
  level?: number | undefined;
};

/** 1 the app has no company, 2 the appkey is wrong, 3 the partner's call-back did not say yes, 4 could not register. */
type Refusal = 1 | 2 | 3 | 4;

const sameText = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** A partner's people sign on with the sign of their app (section 6.2); the first time makes the user. */
export const makeDocking = (store: Store, apps: Apps, callback: Callback, throttles: Throttles) => {
  const guesses = throttles.guard('docking', { pair: [20, 300], source: [100, 300] });

  /** Who is made or brought up to date; nothing when the account is that of somebody who was deleted. */
  const save = async (app: AppRow, account: string, given: Profile): Promise<UserRow | undefined> => {
    const role = given.level === 5 ? 'attendee' : 'user';
    return await store
      .insertInto('user')
      .values({
        account,
        name: given.userName || account,
        photo: given.avatar ?? null,
        job: given.job ?? null,
        role,
        password: null,
        email: null,
        phone: null,
        companyId: app.companyId,
        appId: app.id,
        address: null,
        companyName: null,
        createdAt: Date.now(),
        deletedAt: null,
      })
      .onConflict((clash) =>
        clash
          .columns(['appId', 'account'])
          .doUpdateSet((known) => ({
            name: given.userName || known.ref('user.name'),
            photo: given.avatar ?? known.ref('user.photo'),
            job: given.job ?? known.ref('user.job'),
            // A level that the company or the platform gave is not for the partner to take.
            ...(given.level !== undefined && {
              role: sql<Role>`case when ${sql.ref('user.role')} in ('user', 'attendee') then ${role} else ${sql.ref('user.role')} end`,
            }),
          }))
          .where('user.deletedAt', 'is', null)
          .where('user.companyId', '=', app.companyId),
      )
      .returningAll()
      .executeTakeFirst();
  };

  const admit = async (input: DockingInput, app: AppRow): Promise<Profile | Refusal> => {
    const { appkey } = input;
    if (appkey && !sameText(appkey, app.id) && !(await apps.isSecret(app, appkey))) return 2;
    if (app.callbackUrl === null) return input;
    if (!isCallbackUrl(app.callbackUrl)) return 3;
    const said = await callback.ask({ id: app.id, callbackUrl: app.callbackUrl }, input);
    return said ? { ...input, ...said } : 3;
  };

  /** The user, or why there is none. */
  return async (input: DockingInput, { ip }: Place): Promise<UserRow | Refusal> => {
    const { id } = await apps.ofSign(input.sign);
    const app = await apps.byId(id);
    const company =
      app && (await store.selectFrom('company').select('id').where('id', '=', app.companyId).executeTakeFirst());
    if (!app || !company) return 1;
    let refusal: Refusal = 2;
    const admitted = await guesses
      .attempt({ source: networkOf(ip), target: id }, async () => {
        const found = await admit(input, app);
        if (typeof found === 'object') return found;
        refusal = found;
        return undefined;
      })
      .catch((error: unknown) => {
        // Nothing was guessed wrong: the partner is away.
        if (!(error instanceof Unanswered)) throw error;
        refusal = 3;
        return undefined;
      });
    return admitted ? ((await save(app, input.account, admitted)) ?? 4) : refusal;
  };
};

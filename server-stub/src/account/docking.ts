import { sql } from 'kysely';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { AppRow, Role, UserRow } from '../store/tables.ts';
import { limit } from '../throttle/limit.ts';
import { networkOf } from '../throttle/source.ts';
import type { Throttles } from '../throttle/throttles.ts';
import type { Apps } from './apps.ts';
import { type Callback, isCallbackUrl, type Profile, Unanswered } from './callback.ts';
import type { Place } from './sessions.ts';
import { isAdministrator } from './standing.ts';

export type DockingInput = {
  account: string;
  sign: string;
  appkey?: string | undefined;
  avatar?: string | undefined;
  userName?: string | undefined;
  job?: string | undefined;
  level?: number | undefined;
};

/**
 * The data of the account to sign on. `proved`: the caller has the app's secret or a sign made for the account, or the partner's
 * call-back agreed.
 */
type Admitted = { profile: Profile; proved: boolean };

/** 1 the app has no company, 2 the appkey is wrong, 3 the partner's call-back did not agree, 4 the user cannot be registered. */
type Refusal = 1 | 2 | 3 | 4;

const ordinary: Role[] = ['user', 'attendee'];
const roles: Role[] = [...ordinary, 'companyAdmin', 'platformAdmin'];

/** Signs on the users of a partner with the sign of its app (section 6.2). The first sign-on creates the user. */
export const makeDocking = (
  store: Store,
  apps: Apps,
  callback: Callback,
  { throttles, madeUp }: { throttles: Throttles; madeUp: number },
) => {
  const guesses = throttles.guard('docking', { pair: [20, 300], source: [100, 300] });
  /** Call-backs without another proof: what one account, or one network, may cause. The call-back's own limits are for all. */
  const ofAccount = limit(20, 60);
  const ofNetwork = limit(300, 60);
  /** Users whom pages make without a proof, by network. */
  const making = throttles.limit('docking.made', [madeUp, 3600]);

  /** Creates or updates the user. Answers `undefined` when the account belongs to a deleted user. */
  const save = async (
    app: AppRow,
    account: string,
    { profile: given, proved }: Admitted,
  ): Promise<UserRow | undefined> => {
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
            // A partner cannot lower the level that the company or the platform gave.
            ...(given.level !== undefined && {
              role: sql<Role>`case when ${sql.ref('user.role')} in ('user', 'attendee') then ${role} else ${sql.ref('user.role')} end`,
            }),
          }))
          .where('user.deletedAt', 'is', null)
          .where('user.companyId', '=', app.companyId)
          .where('user.role', 'in', proved ? roles : ordinary),
      )
      .returningAll()
      .executeTakeFirst();
  };

  const known = async (app: AppRow, account: string): Promise<Pick<UserRow, 'role'> | undefined> =>
    await store
      .selectFrom('user')
      .select('role')
      .where('appId', '=', app.id)
      .where('account', '=', account)
      .where('deletedAt', 'is', null)
      .executeTakeFirst();

  const admit = async (input: DockingInput, app: AppRow, network: string): Promise<Admitted | Refusal | 'unproved'> => {
    const { appkey } = input;
    const hasSecret = Boolean(appkey) && appkey !== app.id && (await apps.isSecret(app, appkey ?? ''));
    if (appkey && appkey !== app.id && !hasSecret) return 2;
    const proved = hasSecret || apps.accountOf(input.sign) === input.account;
    if (app.callbackUrl !== null) {
      if (!isCallbackUrl(app.callbackUrl)) return 3;
      if (!proved) {
        await ofAccount.take(`${app.id} ${input.account}`);
        await ofNetwork.take(`${app.id} ${network}`);
      }
      const said = await callback.ask({ id: app.id, callbackUrl: app.callbackUrl }, input);
      return said ? { profile: { ...input, ...said }, proved: true } : 3;
    }
    if (proved) return { profile: input, proved };
    // Pages have the sign and every visitor can read it.
    if (!app.trustPages) return 'unproved';
    const user = await known(app, input.account);
    if (user && isAdministrator(user)) return 'unproved';
    if (!user) await making.take(network);
    return { profile: input, proved };
  };

  /** The user, or the number of the reason why there is none. */
  return async (input: DockingInput, { ip }: Place): Promise<UserRow | Refusal> => {
    const { id } = await apps.ofSign(input.sign);
    const app = await apps.byId(id);
    const company =
      app && (await store.selectFrom('company').select('id').where('id', '=', app.companyId).executeTakeFirst());
    if (!app || !company) return 1;
    const outcome: { refusal: Refusal | 'unproved' } = { refusal: 2 };
    const admitted = await guesses
      .attempt({ source: networkOf(ip), target: id }, async () => {
        const found = await admit(input, app, networkOf(ip));
        if (typeof found === 'object') return found;
        outcome.refusal = found;
        return undefined;
      })
      .catch((error: unknown) => {
        // The partner did not answer: this is not a wrong guess, so do not count it.
        if (!(error instanceof Unanswered)) throw error;
        outcome.refusal = 3;
        return undefined;
      });
    if (admitted) return (await save(app, input.account, admitted)) ?? 4;
    if (outcome.refusal === 'unproved')
      return fail(
        'FORBIDDEN',
        'A sign alone does not prove who signs on: send the secret of the app as appkey from your back end, get a sign for the ' +
          'account there (getSign with account), or set a call-back for the app.',
        { field: 'appkey', expected: 'a proof' },
      );
    return outcome.refusal;
  };
};

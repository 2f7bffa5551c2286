import { sql } from 'kysely';
import { fail } from '../errors.ts';
import { isOutwardUrl } from '../outward.ts';
import { newUser } from '../store/newUser.ts';
import type { Store } from '../store/store.ts';
import { limit } from '../throttle/limit.ts';
import { makeQueues } from '../throttle/queues.ts';
import { networkOf } from '../throttle/source.ts';
import type { Throttles } from '../throttle/throttles.ts';
import type { Role, UserRow } from '../users/tables.ts';
import type { Apps } from './apps.ts';
import { type Callback, maxAtOnceOfApp, type Profile, Unanswered } from './callback.ts';
import type { Place } from './sessions.ts';
import { isAdministrator } from './standing.ts';
import type { AppRow } from './tables.ts';

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
  /** Sign-ons without a proof, by account: those of one user do not use up those of others. */
  const unproved = throttles.guard('docking', { pair: [20, 300], source: [100, 300] });
  /** Call-backs for sign-ons without another proof: limits for one account from one network, and for one network. */
  const ofAccount = limit(20, 60);
  const ofNetwork = limit(300, 60);
  /** Lets call-backs of one app wait while as many run as it may have at a time. */
  const turns = makeQueues(maxAtOnceOfApp);
  /** Users whom pages make without a proof, by network and by sign. */
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
      .values(
        newUser({
          account,
          name: given.userName || account,
          photo: given.avatar ?? null,
          job: given.job ?? null,
          role,
          companyId: app.companyId,
          appId: app.id,
        }),
      )
      .onConflict((clash) =>
        clash
          .columns(['appId', 'account'])
          .doUpdateSet((known) => ({
            // Without a proof an existing user is not changed.
            name: (proved && given.userName) || known.ref('user.name'),
            ...(proved && {
              photo: given.avatar ?? known.ref('user.photo'),
              job: given.job ?? known.ref('user.job'),
            }),
            // A partner cannot lower the level that the company or the platform gave.
            ...(proved &&
              given.level !== undefined && {
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

  /** True with the app's secret or a sign made for the account; `undefined` when the appkey is neither the app's secret nor its id. */
  const hasProof = async (
    { appkey, sign, account }: DockingInput,
    app: AppRow,
    ip: string,
  ): Promise<boolean | undefined> => {
    if (appkey && appkey !== app.id) return (await apps.isSecret(app, appkey, ip)) || undefined;
    return apps.accountOf(sign) === account;
  };

  /** @throws Unanswered when the call-back neither confirms nor refuses the account */
  const askPartner = async (
    input: DockingInput,
    { id, callbackUrl }: { id: string; callbackUrl: string },
    proved: boolean,
  ): Promise<Admitted | undefined> => {
    if (!isOutwardUrl(callbackUrl)) return undefined;
    const ask = () => callback.ask({ id, callbackUrl, proved }, input);
    const said = await turns(proved ? `back end of ${id}` : id, ask);
    return said && { profile: { ...input, ...said }, proved: true };
  };

  /** A sign alone, which every visitor of the page can read, is sufficient only where the app trusts its pages. */
  const trustPage = async (input: DockingInput, app: AppRow, network: string): Promise<Admitted | undefined> => {
    const user = app.trustPages ? await known(app, input.account) : undefined;
    if (!app.trustPages || (user && isAdministrator(user))) return undefined;
    if (!user) {
      await making.take(network);
      await making.take(`sign ${input.sign}`);
    }
    return { profile: input, proved: false };
  };

  const admit = async (
    input: DockingInput,
    app: AppRow,
    ip: string,
    proved: boolean,
  ): Promise<Admitted | undefined> => {
    const { id, callbackUrl } = app;
    const network = networkOf(ip);
    const ask = callbackUrl === null ? undefined : () => askPartner(input, { id, callbackUrl }, proved);
    if (proved) return ask ? await ask() : { profile: input, proved };
    return await unproved.attempt({ source: network, target: `${id} ${input.account}` }, async () => {
      if (!ask) return await trustPage(input, app, network);
      await ofAccount.take(`${id} ${network} ${input.account}`);
      await ofNetwork.take(`${id} ${network}`);
      return await ask();
    });
  };

  /** The user, or the number of the reason why there is none. */
  return async (input: DockingInput, { ip }: Place): Promise<UserRow | Refusal> => {
    const { id } = await apps.ofSign(input.sign);
    const app = await apps.byId(id);
    const company =
      app && (await store.selectFrom('company').select('id').where('id', '=', app.companyId).executeTakeFirst());
    if (!app || !company) return 1;
    const proved = await hasProof(input, app, ip);
    if (proved === undefined) return 2;
    // A call-back that does not answer refuses the sign-on, but does not count as a wrong guess.
    const admitted = await admit(input, app, ip, proved).catch((error: unknown) => {
      if (error instanceof Unanswered) return undefined;
      throw error;
    });
    if (admitted) return (await save(app, input.account, admitted)) ?? 4;
    if (app.callbackUrl !== null) return 3;
    return fail(
      'FORBIDDEN',
      'A sign alone does not prove who signs on: send the secret of the app as appkey from your back end, get a sign for the ' +
        'account there (getSign with account), or set a call-back for the app.',
      { field: 'appkey', expected: 'a proof' },
    );
  };
};

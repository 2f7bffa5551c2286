import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { networkOf } from '../throttle/source.ts';
import type { Throttles } from '../throttle/throttles.ts';
import { type CallerApp, isAppId, originsOf, signedApp } from './app.ts';
import { makeAppSecrets } from './appSecrets.ts';
import { makeSign, readSign } from './signs.ts';
import type { AppRow } from './tables.ts';

/** How long a list of origins may be cached, in ms: it is needed before every call of a page of another origin. */
const originsFor = 2000;

export type Apps = ReturnType<typeof makeApps>;

/** Authenticates apps, by sign or by id and secret. */
export const makeApps = (
  store: Store,
  { SIGN_SECRET, SIGN_TTL }: { SIGN_SECRET: string; SIGN_TTL: number },
  throttles: Throttles,
) => {
  const secrets = makeAppSecrets();
  const guesses = throttles.guard('sign', { pair: [20, 300], source: [300, 300], target: [1000, 3600] });
  let origins: { at: number; known: Promise<Set<string>> } | undefined;

  const byId = async (id: string): Promise<AppRow | undefined> =>
    isAppId(id) ? await store.selectFrom('app').selectAll().where('id', '=', id).executeTakeFirst() : undefined;

  /** True when it is the secret of the app. Wrong guesses are counted by network; a secret that was verified before is not throttled. */
  const isSecret = async (appId: string, row: AppRow | undefined, secret: string, ip: string): Promise<boolean> =>
    (row !== undefined && secrets.isRemembered(row.secret, secret)) ||
    (await guesses.attempt({ source: networkOf(ip), target: appId }, () =>
      secrets.isRight(row?.secret, secret, networkOf(ip)),
    ));

  /** The app of a back end that sends the app's secret. */
  const ofSecret = async (appId: string, secret: string, ip: string): Promise<CallerApp> => {
    const row = await byId(appId);
    const right = await isSecret(appId, row, secret, ip);
    return row && right ? signedApp(row) : fail('UNAUTHENTICATED', 'appId or secret is wrong.', { field: 'secret' });
  };

  return {
    byId,

    isSecret: (row: AppRow, secret: string, ip: string): Promise<boolean> => isSecret(row.id, row, secret, ip),

    ofSecret,

    /** The app of a sign. Throws `UNAUTHENTICATED` when the sign is forged, expired or revoked. */
    async ofSign(sign: string): Promise<CallerApp> {
      const { appId, keyId } = readSign(sign, SIGN_SECRET);
      const row = await byId(appId);
      if (!row) return fail('UNAUTHENTICATED', 'The app of this sign no longer exists.');
      if (row.keyId !== keyId)
        fail('UNAUTHENTICATED', 'The secret of the app was changed and its signs with it; get a new one.');
      return signedApp(row);
    },

    /**
     * Makes a sign for a back end that shows the app's secret (section 6.1), with `account` one that proves who the page's user is.
     */
    async getSign(appId: string, secret: string, ip: string, account?: string): Promise<string> {
      const { keyId } = await ofSecret(appId, secret, ip);
      return makeSign({ appId, keyId, ...(account !== undefined && { account }) }, SIGN_SECRET, SIGN_TTL);
    },

    /** The account for which a valid sign was made. */
    accountOf: (sign: string): string | undefined => readSign(sign, SIGN_SECRET).account,

    /** The current data of these apps; an app that was removed is missing. */
    async byIds(ids: readonly string[]): Promise<Map<string, CallerApp>> {
      if (ids.length === 0) return new Map();
      const rows = await store.selectFrom('app').selectAll().where('id', 'in', ids).execute();
      return new Map(rows.map((row) => [row.id, signedApp(row)]));
    },

    /** The allowed origins of an app; empty if the app does not exist. */
    async originsOf(id: string): Promise<string[]> {
      const row = await byId(id);
      return row ? originsOf(row) : [];
    },

    /** True for an origin on the list of any app. */
    async isAnyOrigin(origin: string): Promise<boolean> {
      if (!origins || performance.now() - origins.at > originsFor)
        origins = {
          at: performance.now(),
          known: store
            .selectFrom('app')
            .select('origins')
            .execute()
            .then((rows) => new Set(rows.flatMap(originsOf))),
        };
      try {
        return (await origins.known).has(origin);
      } catch (error) {
        origins = undefined;
        throw error;
      }
    },
  };
};

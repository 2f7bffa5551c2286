import { wireMethods } from '@meetframe/contract/api';
import type { MethodTable } from '@meetframe/contract/define';
import { looseId, unless } from '@meetframe/contract/fields';
import * as z from 'zod/mini';
import { check, realName } from './dispatch.ts';

const rows: MethodTable = wireMethods;
const named = z.object({ userId: unless(looseId) });
export type Secret = { appId: string; secret: string };

/** Id and secret of `Authorization: Basic …`. */
const basic = (authorization: string | undefined): Secret | undefined => {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [appId = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return { appId, secret: secret.join(':') };
};

/**
 * The app's secret in a call of a method that back ends may use. `appkey` may also be the id of the app, as the
 * specification calls it, and proves nothing then.
 */
export const secretOf = (
  name: string,
  authorization: string | undefined,
  { appkey, appId }: { appkey: string | undefined; appId: string | undefined },
): Secret | undefined => {
  const real = realName(name);
  if (!Object.hasOwn(rows, real) || !rows[real]?.forBackEnds) return undefined;
  const pair = basic(authorization);
  if (pair || appkey === undefined || appId === undefined || appkey === appId) return pair;
  return { appId, secret: appkey };
};

/** The id of the user in whose name a back end calls. */
export const userNamed = (name: string, { userId }: Record<string, unknown>): number | undefined =>
  check(realName(name), named, { userId }).userId;

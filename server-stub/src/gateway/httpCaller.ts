import type { FastifyRequest } from 'fastify';
import type { Accounts } from '../account/account.ts';
import { platformApp } from '../account/app.ts';
import type { Caller } from '../account/caller.ts';
import { fail } from '../errors.ts';
import { secretOf, userNamed } from './backEnd.ts';
import { isOwnOrigin } from './origin.ts';

type Request = Pick<FastifyRequest, 'headers'>;

/** The origin of the calling page, if it is not a page of the platform. `undefined` also when the caller sends no `Origin`. */
export const foreignOrigin = ({ headers }: Request, publicOrigin: string): string | undefined =>
  headers.origin === undefined || isOwnOrigin(headers.origin, publicOrigin, headers.host) ? undefined : headers.origin;

const text = (values: Record<string, unknown>, field: string): string | undefined => {
  const value = values[field];
  if (value === undefined || typeof value === 'string') return value;
  return fail('INVALID_ARGUMENT', `${field} should be a string.`, { field, expected: 'string' });
};

/** The session id from `Authorization: Bearer …`, for clients that do not put it into the body. */
const bearer = ({ headers }: Request): string | undefined => /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
const header = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/**
 * Identifies the caller of an HTTP request. Credentials in the body have priority over those in headers. A sign is accepted from back
 * ends (which send no `Origin`), from the platform's own pages and from pages on the app's list of origins; with any other origin it
 * is refused, even if it is valid. A back end that shows its app's secret calls as the user whom `userId` names, in methods that back
 * ends may use.
 *
 * @throws RTCPeerError `FORBIDDEN`, `UNAUTHENTICATED` or `INVALID_ARGUMENT`
 */
export const httpCaller = async (
  name: string,
  request: Request,
  values: Record<string, unknown>,
  { accounts, ip, origin }: { accounts: Accounts; ip: string; origin: string },
): Promise<Caller> => {
  const foreign = foreignOrigin(request, origin);
  const sign = text(values, 'sign') ?? header(request.headers['x-sign']);
  const SID = text(values, 'SID') ?? bearer(request);
  const signed = sign === undefined ? undefined : await accounts.appOfSign(sign);
  if (signed && foreign !== undefined && !signed.origins.includes(foreign))
    fail('FORBIDDEN', `${foreign} is not among the origins of the app ${signed.id}.`, { origin: foreign });
  const shown = secretOf(name, request.headers.authorization, {
    appkey: text(values, 'appkey'),
    appId: text(values, 'appId') ?? signed?.id,
  });
  if (shown && foreign !== undefined)
    fail('FORBIDDEN', 'The secret of an app belongs on its back end: a page shows it to every visitor.', {
      origin: foreign,
    });
  const backEnd = shown && (await accounts.appOfSecret(shown.appId, shown.secret, ip));
  if (backEnd && signed && signed.id !== backEnd.id)
    fail('FORBIDDEN', `The sign belongs to the app ${signed.id}, but the secret to ${backEnd.id}.`, { field: 'sign' });
  const named = backEnd && SID === undefined ? userNamed(name, values) : undefined;
  const loggedIn =
    SID === undefined
      ? undefined
      : ((await accounts.userOfSID(SID)) ??
        fail('UNAUTHENTICATED', 'The session id is unknown or has expired; log in again.'));
  return {
    ip,
    userAgent: request.headers['user-agent'],
    app: backEnd ?? signed ?? (foreign === undefined ? platformApp : undefined),
    sign,
    user: backEnd && named !== undefined ? await accounts.actingUser(backEnd, named) : loggedIn,
    SID,
    device: undefined,
    seat: undefined,
  };
};

import * as z from 'zod/mini';
import { company, label, result, text, user, userLevel } from './beans/index.ts';
import { event, events, method, methods } from './define.ts';
import { looseId, picture, token, unless } from './fields.ts';
import { from, permit, visitors } from './may.ts';

/** Fields of a login’s answer besides `result`; absent when the login failed. */
const identity = {
  user: z.optional(user),
  company: z.optional(company),
  level: z.optional(userLevel),
  SID: z.optional(z.string()),
};

/** A new password. A password that is sent to log in has no minimum length. */
export const newPassword = z.string().check(z.minLength(8), z.maxLength(200));

const dockingLogin = method({
  spec: '6.2',
  summary:
    'Log in a partner’s own user; the first call creates the user. `result`: 0 done, 1 the app has no company, 2 wrong appkey, 3 the call-back failed, 4 the user could not be registered. A sign alone is not enough, because visitors of a page can read it. One proof is needed in addition: the app’s secret as `appkey`, a sign made for the account (`getSign` with `account`), or a call-back that confirms the login. Where the app is configured to trust its pages, only administrators need a proof.',
  input: z.object({
    account: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
    /** Default: the sign of the header `x-sign` or of the connection. */
    sign: z.optional(token),
    appkey: z.optional(text(200)),
    avatar: unless(picture),
    userName: unless(label()),
    job: unless(label()),
    /** 4 ordinary user, 5 may only attend. This method makes no administrators. */
    level: z.optional(looseId),
  }),
  output: z.object({
    result: z.int(),
    SID: z.optional(z.string()),
    organisation: z.optional(company),
    user: z.optional(user),
  }),
  may: permit('public', visitors, {
    note: 'with a valid sign and a proof: the app’s secret as `appkey`, a sign made for the account, or the call-back of the app; where the app trusts its pages, only administrators need the proof',
  }),
  errors: ['UNAUTHENTICATED', 'FORBIDDEN', 'THROTTLED'],
  failed: { result: 2 },
  since: '1.0',
});

export const accountMethods = methods({
  'account.login': method({
    spec: '2.2',
    page: 'login',
    summary: 'Log in with account name and password. `result`: 0 logged in, 1 unknown account or wrong password.',
    input: z.object({
      name: z.string().check(z.minLength(1), z.maxLength(100)),
      password: z.string().check(z.minLength(1), z.maxLength(200)),
    }),
    output: z.object({ result: z.int(), ...identity }),
    internal: ['SID', 'level'],
    failed: { result: 1 },
    may: permit('visitor', visitors),
    errors: ['THROTTLED'],
    since: '1.0',
  }),
  'account.logout': method({
    spec: '2.3, 5.11',
    page: 'logout',
    summary:
      'Leave the meeting, then log out; the session id is invalid afterwards. `result`: 0 logged out, 1 no user was logged in. `userId` can only be the caller’s own id.',
    input: z.object({ userId: z.optional(looseId), SID: z.optional(token) }),
    output: result,
    internal: ['SID'],
    failed: { result: 1 },
    may: permit('visitor', visitors, { note: 'the caller only' }),
    worksWithExpiredSign: true,
    errors: ['FORBIDDEN'],
    since: '1.0',
  }),
  'account.dockingLogin': dockingLogin,
  'account.dotokenLogin': dockingLogin,
  'account.modifyPassword': method({
    spec: '2.34',
    page: 'modifyPassword',
    summary:
      'Change the caller’s own password and end the caller’s other sessions. `result`: 0 changed, 1 the old password is wrong, 2 the account has no password.',
    input: z.object({ userId: looseId, oldpassword: text(200), password: newPassword }),
    output: result,
    failed: { result: 2 },
    may: permit('user', { about: 'account', actors: ['owner'] }, { note: 'with the old password' }),
    errors: ['FORBIDDEN', 'THROTTLED'],
    since: '1.0',
  }),
  'account.resetPassword': method({
    spec: '2.35',
    page: 'resetPassword',
    summary: 'Set a new password for a user of the caller’s company and end all sessions of that user.',
    input: z.object({ userId: looseId, password: newPassword }),
    output: result,
    failed: { result: 1 },
    may: permit('companyAdmin', from('companyAdmin', 'account'), {
      cases: { 'of an administrator of the platform': from('platformAdmin', 'account') },
      note: 'not the caller’s own',
    }),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
});

export const accountEvents = events({
  'account.changed': event({
    spec: '+',
    summary:
      'The profile or the level of the user who is logged in on this connection changed. `user` is `null` when the session was ended elsewhere.',
    payload: z.object({ user: z.nullable(user), company: z.nullable(company), level: z.nullable(userLevel) }),
    since: '1.0',
  }),
});

/**
 * Input and output of `GET` and `POST /app/getSign` (section 6.1), the only call outside the `{module, method}` form.
 */
export const getSign = {
  input: z.object({
    appId: z.string().check(z.minLength(1), z.maxLength(100)),
    secret: z.string().check(z.minLength(1), z.maxLength(200)),
    /** The partner’s own user whom the page with this sign may sign on (6.2). */
    account: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(100))),
  }),
  output: z.object({ code: z.int(), data: z.nullable(z.string()), message: z.string() }),
};

import * as z from 'zod/mini';
import { company, result, text, user, userLevel } from '../beans.ts';
import { method, methods } from '../define.ts';
import { looseId, picture, token } from './fields.ts';

/** What a login answers, besides its `result`. Absent when it failed. */
const identity = {
  user: z.optional(user),
  company: z.optional(company),
  level: z.optional(userLevel),
  SID: z.optional(z.string()),
};

/** A password that somebody chooses; what they type to prove one has no lower bound. */
export const newPassword = z.string().check(z.minLength(4), z.maxLength(200));

const dockingLogin = method({
  spec: '6.2',
  summary:
    'Sign a partner’s own user on; the first time makes the user. 0 done, 1 the app has no company, 2 wrong appkey, 3 the call-back failed, 4 could not register. Administrators need the app’s secret as `appkey`, or a call-back.',
  input: z.object({
    account: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
    /** Default: the sign of the header `x-sign` or of the connection. */
    sign: z.optional(token),
    appkey: z.optional(text(200)),
    avatar: z.optional(picture),
    userName: z.optional(text(100)),
    job: z.optional(text(100)),
    /** 4 ordinary user, 5 may only attend. Nobody becomes an administrator this way. */
    level: z.optional(looseId),
  }),
  output: z.object({
    result: z.int(),
    SID: z.optional(z.string()),
    organisation: z.optional(company),
    user: z.optional(user),
  }),
  who: 'public',
  errors: ['UNAUTHENTICATED', 'FORBIDDEN', 'THROTTLED'],
  since: '1.0',
});

export const accountMethods = methods({
  'account.login': method({
    spec: '2.2',
    summary: 'Log in with name and password.',
    input: z.object({
      name: z.string().check(z.minLength(1), z.maxLength(100)),
      password: z.string().check(z.minLength(1), z.maxLength(200)),
    }),
    output: z.object({ result: z.int(), ...identity }),
    who: 'visitor',
    errors: ['THROTTLED'],
    since: '1.0',
  }),
  'account.logout': method({
    spec: '2.3, 5.11',
    summary: 'Log out; the session id is dead afterwards. 0 done, 1 nobody was logged in.',
    input: z.object({ userId: z.optional(looseId), SID: z.optional(token) }),
    output: result,
    who: 'visitor',
    worksWithExpiredSign: true,
    errors: ['FORBIDDEN'],
    since: '1.0',
  }),
  'account.dockingLogin': dockingLogin,
  'account.dotokenLogin': dockingLogin,
  'account.modifyPassword': method({
    spec: '2.34',
    summary:
      'Change one’s own password; 1 when the old one is wrong, 2 when there is none to change. Ends the other sessions.',
    input: z.object({ userId: looseId, oldpassword: text(200), password: newPassword }),
    output: result,
    who: 'user',
    errors: ['FORBIDDEN', 'THROTTLED'],
    since: '1.0',
  }),
  'account.resetPassword': method({
    spec: '2.35',
    summary: 'Give a user of one’s company a new password and end all of the user’s sessions.',
    input: z.object({ userId: looseId, password: newPassword }),
    output: result,
    who: 'companyAdmin',
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
});

import * as z from 'zod/mini';
import { company, user, userLevel } from './beans.ts';
import { event, events, methods } from './define.ts';
import { accountMethods } from './platform/account.ts';
import { appointmentMethods } from './platform/appointments.ts';
import { recordMethods } from './platform/records.ts';
import { roomMethods } from './platform/rooms.ts';
import { sessionMethods } from './platform/session.ts';
import { userMethods } from './platform/users.ts';

/**
 * Methods that a page's widget, a partner's back end or any other client calls as `{module, method, …}`, over
 * `POST /app/{module}` or the socket.
 */
export const platform = methods({
  ...sessionMethods,
  ...accountMethods,
  ...roomMethods,
  ...appointmentMethods,
  ...userMethods,
  ...recordMethods,
});
export type Platform = typeof platform;

/** What the server tells a session by itself, outside a meeting. */
export const platformEvents = events({
  'session.closing': event({
    spec: '+',
    summary:
      'The server stops and closes the socket with 1012 in a moment. Come back after `retryAfter` ms, which differs from client to client.',
    payload: z.object({ retryAfter: z.int() }),
    since: '1.0',
  }),
  'account.changed': event({
    spec: '+',
    summary: 'Whoever is logged in here was changed; `null` when the session was ended elsewhere.',
    payload: z.object({ user: z.nullable(user), company: z.nullable(company), level: z.nullable(userLevel) }),
    since: '1.0',
  }),
});

/** Answers of `GET` and `POST /app/getSign` (section 6.1), the only call outside the `{module, method}` form. */
export const getSign = {
  input: z.object({
    appId: z.string().check(z.minLength(1), z.maxLength(100)),
    secret: z.string().check(z.minLength(1), z.maxLength(200)),
  }),
  output: z.object({ code: z.int(), data: z.nullable(z.string()), message: z.string() }),
};

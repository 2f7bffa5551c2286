import * as z from 'zod/mini';
import { company, text, user, userLevel } from './beans/index.ts';
import { event, events, method, methods } from './define.ts';
import { token } from './fields.ts';
import { everybody, from, permit } from './may.ts';
import { rtpCapabilities } from './rtp.ts';

const origin = text(300);
/** When the sign of the connection expires, milliseconds since 1970 by the server’s clock. */
const signExpiresAt = z.int();

/** The conversation between one device and the server. */
export const sessionMethods = methods({
  'session.hello': method({
    spec: '+',
    summary: 'Open a session on a fresh socket, or take one up again. It must be the first message.',
    input: z.object({
      protocol: z.object({ major: z.int(), minor: z.int() }),
      /** Absent on the platform’s own page. */
      sign: z.optional(token),
      SID: z.optional(token),
      /** Origin of the page that embeds the widget, as the browser reported it; absent on the platform’s own page. */
      pageOrigin: z.optional(origin),
      /** Terminal type (`pc` …); becomes `Client.mode`. */
      mode: z.optional(text(20)),
      /** Ask for time-limited credentials for this TURN server (`host:port`). */
      relayServer: z.optional(text(300)),
      transport: z.optional(z.enum(['udp', 'tcp'])),
      relay: z.optional(z.enum(['relay', 'all'])),
      resume: z.optional(z.object({ token, lastSeq: z.int().check(z.gte(0)) })),
    }),
    output: z.object({
      /** True when the session, its seat in a meeting and its media are the old ones. */
      resumed: z.boolean(),
      /**
       * After a resume: `events` when everything missed follows as ordinary events, `snapshot` when too much was missed
       * and the client must ask `meeting.snapshot`.
       */
      missed: z.enum(['events', 'snapshot']),
      resumeToken: z.string(),
      /** The last event number given out so far. */
      seq: z.int(),
      /** How long a seat is kept for a lost connection, in milliseconds. */
      grace: z.int(),
      /** Server’s clock, milliseconds since 1970. */
      serverTime: z.number(),
      version: z.string(),
      protocol: z.object({ major: z.int(), minor: z.int() }),
      app: z.object({ id: z.string(), name: z.string() }),
      /** `null` on the platform’s own page, which needs no sign. */
      signExpiresAt: z.nullable(signExpiresAt),
      user: z.nullable(user),
      company: z.nullable(company),
      /** Level of the user (2.27). */
      level: z.nullable(userLevel),
      /** How long before its start an appointment’s room opens, in milliseconds. */
      openBefore: z.int(),
      /** Lets a client prepare its media stack before it enters a meeting. */
      rtpCapabilities,
    }),
    may: everybody,
    overSocket: true,
    errors: ['UNAUTHENTICATED', 'VERSION_MISMATCH', 'FORBIDDEN'],
    since: '1.0',
  }),
  'session.ping': method({
    spec: '+',
    summary: 'Show that the connection lives.',
    input: z.object({}),
    output: z.object({ serverTime: z.number() }),
    reads: true,
    may: everybody,
    since: '1.0',
  }),
  'session.renewSign': method({
    spec: '+',
    summary: 'Replace the sign of this connection, best before it expires; afterwards too.',
    input: z.object({ sign: token }),
    output: z.object({ signExpiresAt }),
    may: permit('sign', from('app', 'nothing'), {
      note: 'on a connection that was opened with a sign of the same app',
    }),
    overSocket: true,
    worksWithExpiredSign: true,
    errors: ['UNAUTHENTICATED'],
    since: '1.0',
  }),
});

export const sessionEvents = events({
  'session.closing': event({
    spec: '+',
    summary:
      'The server stops and closes the socket with 1012 in a moment. Come back after `retryAfter` ms, which differs from client to client.',
    payload: z.object({ retryAfter: z.int() }),
    since: '1.0',
  }),
});

import * as z from 'zod/mini';
import { company, text, user, userLevel } from './beans/index.ts';
import { event, events, method, methods } from './define.ts';
import { token } from './fields.ts';
import { everybody, from, permit } from './may.ts';
import { rtpCapabilities } from './rtp.ts';

const origin = text(300);
/** When the sign of the connection expires, milliseconds since 1970 by the server’s clock. */
const signExpiresAt = z.int();

/** Methods that open and keep the session between one device and the server. */
export const sessionMethods = methods({
  'session.hello': method({
    spec: '+',
    summary: 'Open a session on a new socket, or resume one. It must be the first message on the socket.',
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
      /** True: a user who is not logged in may register for calls (2.1). */
      logout: z.optional(z.boolean()),
      resume: z.optional(z.object({ token, lastSeq: z.int().check(z.gte(0)) })),
    }),
    output: z.object({
      /** True when the old session was resumed, with its seat in a meeting and its transports. */
      resumed: z.boolean(),
      /**
       * After a resume: `events` when everything missed follows as ordinary events, `snapshot` when too much was missed
       * and the client must ask `meeting.snapshot`.
       */
      missed: z.enum(['events', 'snapshot']),
      resumeToken: z.string(),
      /** Sequence number of the newest event of the session. */
      seq: z.int(),
      /** How long a session and its seat are kept after the connection is lost, in milliseconds. */
      grace: z.int(),
      /** Server’s clock, milliseconds since 1970. */
      serverTime: z.number(),
      version: z.string(),
      /** File of the widget’s build that this platform serves: a widget of another one is outdated. */
      build: z.string(),
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
      /** Inputs that this platform does not support and ignores. */
      unsupported: z.optional(z.array(z.enum(['relayServer']))),
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
    summary: 'Check that the connection works; answers the server’s clock.',
    input: z.object({}),
    output: z.object({ serverTime: z.number() }),
    reads: true,
    may: everybody,
    since: '1.0',
  }),
  'session.renewSign': method({
    spec: '+',
    summary: 'Replace the sign of this connection, before or after the old sign expires.',
    input: z.object({ sign: token }),
    output: z.object({ signExpiresAt }),
    may: permit('sign', from('app', 'nothing'), {
      note: 'on a connection that was opened with a sign of the same app',
    }),
    overSocket: true,
    worksWithExpiredSign: true,
    errors: ['UNAUTHENTICATED', 'FORBIDDEN'],
    since: '1.0',
  }),
});

export const sessionEvents = events({
  'session.closing': event({
    spec: '+',
    summary:
      'The server is shutting down and will close the socket with code 1012. Connect again after `retryAfter` milliseconds, which differ from client to client.',
    payload: z.object({ retryAfter: z.int() }),
    since: '1.0',
  }),
});

import * as z from 'zod/mini';
import { company, definition, id, name, password, result, room, roomType, text, user } from './beans.ts';
import { method, methods } from './define.ts';
import { rtpCapabilities } from './rtp.ts';

const roomId = z.object({ roomId: id });

/** A sign, a session id or a resume token: opaque, bounded. */
const token = z.string().check(z.minLength(1), z.maxLength(2048));
const origin = z.string().check(z.maxLength(300));

/** What a login answers, besides its `result`. Absent when it failed. */
const identity = { user: z.optional(user), company: z.optional(company), SID: z.optional(z.string()) };

const dockingLogin = method({
  spec: '6.2',
  summary: 'Sign a partner’s own user on; the first time makes the user.',
  input: z.object({
    account: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
    sign: token,
    appkey: z.optional(text(200)),
    avatar: z.optional(text(2000)),
    userName: z.optional(text(100)),
    job: z.optional(text(100)),
    level: z.optional(z.int()),
  }),
  output: z.object({
    result: z.int(),
    SID: z.optional(z.string()),
    organisation: z.optional(company),
    user: z.optional(user),
  }),
  who: 'public',
  errors: ['UNAUTHENTICATED', 'THROTTLED'],
  since: '1.0',
});

/**
 * Methods that a page's widget, a partner's back end or any other client calls as `{module, method, …}`, over
 * `POST /app/{module}` or the socket.
 */
export const platform = methods({
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
      user: z.nullable(user),
      company: z.nullable(company),
      /** Lets a client prepare its media stack before it enters a meeting. */
      rtpCapabilities,
    }),
    who: 'public',
    errors: ['UNAUTHENTICATED', 'VERSION_MISMATCH', 'FORBIDDEN'],
    since: '1.0',
  }),
  'session.ping': method({
    spec: '+',
    summary: 'Show that the connection lives.',
    input: z.object({}),
    output: z.object({ serverTime: z.number() }),
    who: 'public',
    since: '1.0',
  }),
  'session.renewSign': method({
    spec: '+',
    summary: 'Replace the sign of this connection before it expires.',
    input: z.object({ sign: token }),
    output: z.object({}),
    who: 'visitor',
    errors: ['UNAUTHENTICATED'],
    since: '1.0',
  }),
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
    spec: '2.3',
    summary: 'Log out; the session id is dead afterwards.',
    input: z.object({ userId: z.optional(id), SID: z.optional(token) }),
    output: result,
    who: 'visitor',
    since: '1.0',
  }),
  'account.dockingLogin': dockingLogin,
  'account.dotokenLogin': dockingLogin,
  'room.getRoomById': method({
    spec: '2.6',
    summary: 'Look a room up.',
    input: roomId,
    output: z.object({ room }),
    who: 'visitor',
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'room.newTempRoom': method({
    spec: '2.10',
    summary: 'Make a room that lives until it has been empty for a while.',
    input: z.object({
      name,
      orgId: z.optional(id),
      userId: z.optional(id),
      roomtype: z.optional(roomType),
      roomType: z.optional(roomType),
      desc: z.optional(text(1000)),
      pictureuri: z.optional(text(2000)),
      definition: z.optional(definition),
      numberLimit: z.int().check(z.gte(1), z.lte(200)),
      isPublic: z.boolean(),
    }),
    output: z.object({ result: z.int(), roomId: id }),
    who: 'sign',
    errors: ['FORBIDDEN'],
    since: '1.0',
  }),
  'room.modifyRoomPwd': method({
    spec: '2.11',
    summary: 'Set a room’s password; an empty string removes it.',
    input: z.object({ roomId: id, password }),
    output: result,
    who: 'user',
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'room.checkRoomPwd': method({
    spec: '2.12',
    summary: 'Ask whether a password is right: 1 yes, 0 no.',
    input: z.object({ roomId: id, password }),
    output: result,
    who: 'visitor',
    errors: ['NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'room.checkRoomHasPwd': method({
    spec: '2.13',
    summary: 'Ask whether a room has a password.',
    input: roomId,
    output: z.object({ isHasPwd: z.boolean() }),
    who: 'visitor',
    errors: ['NOT_FOUND'],
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

/** Why sockets close. Those from 4000 on are the platform’s own. */
export const closeCodes = {
  done: {
    code: 1000,
    by: 'client',
    meaning: 'Done; the session ends and the seat is free at once.',
    remedy: 'Nothing.',
  },
  goingAway: { code: 1001, by: 'client', meaning: 'The page goes away; as 1000.', remedy: 'Nothing.' },
  tooBig: {
    code: 1009,
    by: 'server',
    meaning: 'A message was longer than allowed.',
    remedy: 'Come back, and leave that message out.',
  },
  restart: {
    code: 1012,
    by: 'server',
    meaning: 'The server stops. `session.closing` said before when to come back.',
    remedy: 'Come back after `retryAfter`; the session is gone, seats in meetings too.',
  },
  slow: {
    code: 1013,
    by: 'server',
    meaning: 'The client reads too slowly; what waits for it has grown too long.',
    remedy: 'Come back and resume.',
  },
  badMessage: {
    code: 4400,
    by: 'server',
    meaning: 'Not a JSON object with `module` and `method` in text and a usable `id`, or binary.',
    remedy: 'Mend the client. Coming back with the same message ends the same way.',
  },
  noSession: {
    code: 4401,
    by: 'server',
    meaning: '`session.hello` did not come, did not come first, or failed; its error came before.',
    remedy: '`UNAUTHENTICATED`: once with a fresh sign or SID. `THROTTLED`: after `retryAfter`. Otherwise not.',
  },
  resumedElsewhere: {
    code: 4409,
    by: 'server',
    meaning: 'Another socket resumed this session.',
    remedy: 'Nothing: the other one is in charge.',
  },
  flood: {
    code: 4429,
    by: 'server',
    meaning: 'Too many messages in too short a time.',
    remedy: 'Come back after some seconds, and send less.',
  },
} as const;

/** Bounds and times of the conversation over a socket. */
export const wire = {
  /** Longest message, in bytes. */
  maxMessage: 64 * 1024,
  /** Requests under way at once, and messages that may wait for the answer to `session.hello`. */
  maxPending: 200,
  /** Messages in a window of so many milliseconds. */
  maxMessages: 1000,
  window: 10_000,
  /** WebSocket pings of the server; a socket that answered none until the next is cut. In milliseconds. */
  pingEvery: 20_000,
  /** By default: how long a fresh socket may be silent, and how long a lost one keeps its session, in milliseconds. */
  helloWithin: 10_000,
  grace: 30_000,
  /** Events and answers kept for a client that comes back: how many, and how many bytes of them. A UTF-16 unit is two bytes. */
  keptEvents: 500,
  keptEventBytes: 1024 * 1024,
  keptAnswers: 200,
  keptAnswerBytes: 512 * 1024,
  /** Bytes kept for all clients of a node together. */
  keptInAll: 128 * 1024 * 1024,
  /** Longest name of a module, method or text id, in characters. */
  maxName: 100,
} as const;

/** How often something may be done: so many times in so many seconds. */
export const rates = {
  hello: { times: 600, seconds: 10, per: 'address' },
  enter: { times: 30, seconds: 10, per: 'session' },
  chat: { times: 10, seconds: 3, per: 'person in a meeting' },
} as const;

/** Why sockets close. Those from 4000 on are the platform’s own. */
export const closeCodes = {
  done: {
    code: 1000,
    by: 'client',
    meaning: 'The client is done: the session ends, and its seat is free at once.',
    remedy: 'Nothing.',
  },
  goingAway: {
    code: 1001,
    by: 'client',
    meaning: 'The page was closed or left; the effect is that of 1000.',
    remedy: 'Nothing.',
  },
  tooBig: {
    code: 1009,
    by: 'server',
    meaning: 'A message was longer than allowed.',
    remedy: 'Connect again, without that message.',
  },
  restart: {
    code: 1012,
    by: 'server',
    meaning: 'The server is shutting down. `session.closing` was sent before, with the time to wait.',
    remedy: 'Connect again after `retryAfter`; the session and its seat in a meeting are lost.',
  },
  slow: {
    code: 1013,
    by: 'server',
    meaning: 'The client reads too slowly: too much data is waiting to be sent to it.',
    remedy: 'Connect again and resume the session.',
  },
  badMessage: {
    code: 4400,
    by: 'server',
    meaning: 'A message was binary, or no JSON object with texts `module` and `method` and a valid `id`.',
    remedy: 'Correct the client. The same message would close the next connection, too.',
  },
  noSession: {
    code: 4401,
    by: 'server',
    meaning: '`session.hello` was not sent, was not the first message, or failed; its error was sent before.',
    remedy:
      'After `UNAUTHENTICATED` connect once more with a fresh sign or SID; after `THROTTLED` wait for `retryAfter`. Otherwise do not connect again.',
  },
  resumedElsewhere: {
    code: 4409,
    by: 'server',
    meaning: 'Another socket resumed this session.',
    remedy: 'Nothing: the other socket has the session now.',
  },
  flood: {
    code: 4429,
    by: 'server',
    meaning: 'Too many messages in too short a time.',
    remedy: 'Connect again after some seconds, and send fewer messages.',
  },
} as const;

/** Limits and times of a session over a socket. */
export const wire = {
  /** Longest message, in bytes. */
  maxMessage: 64 * 1024,
  /** Most unanswered requests at a time, and most messages that may wait for the answer to `session.hello`. */
  maxPending: 200,
  /** Most messages in a window; `window` is its length in milliseconds. */
  maxMessages: 1000,
  window: 10_000,
  /** Milliseconds between the server’s WebSocket pings; a socket that has not answered one by the next is closed. */
  pingEvery: 20_000,
  /**
   * Defaults in milliseconds: how long a new socket may wait with `session.hello`, and how long a session outlives its
   * socket.
   */
  helloWithin: 10_000,
  grace: 30_000,
  /**
   * Events and answers kept for a client that resumes: how many, and how many bytes of them. A UTF-16 unit is two
   * bytes.
   */
  keptEvents: 500,
  keptEventBytes: 1024 * 1024,
  keptAnswers: 200,
  keptAnswerBytes: 512 * 1024,
  /** Bytes kept for all clients of a node together. */
  keptInAll: 128 * 1024 * 1024,
  /** Longest name of a module, method or text id, in characters. */
  maxName: 100,
} as const;

/** Rate limits: so many calls in so many seconds. */
export const rates = {
  hello: { times: 600, seconds: 10, per: 'address' },
  enter: { times: 30, seconds: 10, per: 'session' },
  probe: { times: 60, seconds: 60, per: 'address' },
  chat: { times: 10, seconds: 3, per: 'participant' },
  react: { times: 10, seconds: 5, per: 'participant' },
  getTranscript: { times: 30, seconds: 10, per: 'participant' },
  exportTranscript: { times: 6, seconds: 10, per: 'participant' },
  /** Of microphone, camera, hand, name and media. */
  change: { times: 60, seconds: 10, per: 'participant' },
} as const;

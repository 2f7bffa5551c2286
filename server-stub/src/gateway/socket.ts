import type { IncomingMessage, Server } from 'node:http';
import type { Checked } from '@meetframe/contract/define';
import type { platform } from '@meetframe/contract/platform';
import { protocol, version } from '@meetframe/contract/version';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Accounts } from '../account/account.ts';
import { platformApp } from '../account/app.ts';
import type { Config } from '../config.ts';
import { fail } from '../errors.ts';
import { limit } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Meetings } from '../meeting/meetings.ts';
import type { Caller } from './caller.ts';
import { type Dispatch, errorShape, validate } from './dispatch.ts';
import { isOwnOrigin } from './origin.ts';
import { type RequestId, Session } from './session.ts';

const maxMessage = 64 * 1024;
const pingEvery = 20_000;
/** Requests that one device may have under way; more is abuse. */
const maxPending = 200;
/** Messages in ten seconds, far above what a widget sends. */
const messagesPerWindow = 1000;

type Message = { id?: RequestId; module?: unknown; method?: unknown; [key: string]: unknown };
type Parts = {
  config: Config;
  origin(): string;
  accounts: Accounts;
  meetings: Meetings;
  dispatch: Dispatch;
  log: Log;
  rtpCapabilities: unknown;
  sessions: Map<string, Session>;
};

/** The socket of every device at `/app/socket`. */
export const openSockets = (http: Server, parts: Parts) => {
  const { config, accounts, meetings, dispatch, log, sessions } = parts;
  const server = new WebSocketServer({ noServer: true, maxPayload: maxMessage });
  const greetings = limit(600, 10);
  const alive = new WeakMap<WebSocket, boolean>();

  http.on('upgrade', (request, socket, head) => {
    if (new URL(request.url ?? '/', 'http://x').pathname !== '/app/socket') {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, socket, head, (ws) => accept(ws, request));
  });

  const pinging = setInterval(() => {
    for (const ws of server.clients) {
      if (alive.get(ws) === false) ws.terminate();
      else {
        alive.set(ws, false);
        ws.ping();
      }
    }
  }, pingEvery);

  const appFor = async (input: Checked<(typeof platform)['session.hello']>, request: IncomingMessage) => {
    const { origin } = request.headers;
    const own = (value: string | undefined) => isOwnOrigin(value, parts.origin(), request.headers.host);
    if (input.sign === undefined) {
      if ((input.pageOrigin === undefined || own(input.pageOrigin)) && (origin === undefined || own(origin)))
        return platformApp;
      return fail('UNAUTHENTICATED', 'A page of another origin needs a sign.');
    }
    const app = await accounts.appOfSign(input.sign);
    const page = input.pageOrigin;
    if (page !== undefined && !own(page) && !app.origins.includes(page))
      fail('FORBIDDEN', `${page} is not among the origins of the app ${app.id}.`, { origin: page });
    if (origin !== undefined && !own(origin) && !app.origins.includes(origin))
      fail('FORBIDDEN', `${origin} is not among the origins of the app ${app.id}.`, { origin });
    return app;
  };

  const hello = async (
    message: Message,
    request: IncomingMessage,
  ): Promise<{
    session: Session;
    answer: { missed: 'events' | 'snapshot'; [field: string]: unknown };
    missed: string[];
  }> => {
    const raw = message.protocol as { major?: unknown; minor?: unknown } | undefined;
    if (Number.isInteger(raw?.major) && raw?.major !== protocol.major) {
      fail(
        'VERSION_MISMATCH',
        `The client speaks protocol ${raw?.major}.${raw?.minor ?? 0}, this server ${protocol.major}.${protocol.minor}.`,
        { client: raw, server: protocol },
      );
    }
    const input = validate('session.hello', message) as Checked<(typeof platform)['session.hello']>;
    await greetings.take(addressOf(request));
    const app = await appFor(input, request);
    if (input.relayServer && !config.TURN_SECRET)
      fail('UNSUPPORTED', 'This platform hands out no credentials for a relay server.');
    const user =
      input.SID === undefined
        ? undefined
        : ((await accounts.userOfSID(input.SID)) ??
          fail('UNAUTHENTICATED', 'The session id is unknown or has expired; log in again.'));

    const keptSession = () => {
      const kept = input.resume && sessions.get(input.resume.token);
      return kept?.app.id === app.id ? kept : undefined;
    };
    const likely = user ?? keptSession()?.user;
    const who = likely && (await accounts.identity(likely));
    // No awaiting from here to `attach`: an event in between would be lost, and the grace time could end.
    const kept = keptSession();
    const resumed = kept !== undefined;
    const session = kept ?? new Session(app, addressOf(request));
    session.app = app;
    if (user) Object.assign(session, { user, SID: input.SID });
    Object.assign(session, {
      mode: input.mode ?? session.mode,
      relayServer: input.relayServer,
      relayOnly: input.relay === 'relay',
      tcp: input.transport === 'tcp',
    });
    const missed = resumed ? session.replay.since(input.resume?.lastSeq ?? 0) : [];
    sessions.set(session.token, session);
    return {
      session,
      missed: missed ?? [],
      answer: {
        resumed,
        missed: missed ? 'events' : 'snapshot',
        resumeToken: session.token,
        seq: session.replay.seq,
        grace: config.GRACE_MS,
        serverTime: Date.now(),
        version,
        protocol,
        app: { id: app.id, name: app.name },
        user: (session.user && who?.user) ?? null,
        company: (session.user && who?.company) ?? null,
        rtpCapabilities: parts.rtpCapabilities,
      },
    };
  };

  const callerOf = (session: Session): Caller => ({
    ip: session.ip,
    app: session.app,
    user: session.user,
    SID: session.SID,
    session,
    participant: session.participant,
  });

  const end = (session: Session): void => {
    sessions.delete(session.token);
    if (session.participant) meetings.leave(session.participant);
  };

  const addressOf = (request: IncomingMessage): string => {
    const forwarded = config.TRUST_PROXY
      ? String(request.headers['x-forwarded-for'] ?? '')
          .split(',')
          .at(-1)
          ?.trim()
      : '';
    return forwarded || (request.socket.remoteAddress ?? '');
  };

  const accept = (ws: WebSocket, request: IncomingMessage): void => {
    let session: Session | undefined;
    let greeting = false;
    let pending = 0;
    let received = 0;
    let windowStart = Date.now();
    const early: Message[] = [];
    const timeout = setTimeout(() => ws.close(4401, 'session.hello did not come'), config.HELLO_TIMEOUT_MS);
    alive.set(ws, true);
    ws.on('pong', () => alive.set(ws, true));
    ws.on('error', (error) => log.debug({ err: error }, 'socket'));
    ws.on('close', (code) => {
      clearTimeout(timeout);
      const gone = session;
      // 1000 and 1001: the page closed it or went away, so nobody will come back for the seat.
      gone?.detach(ws, code === 1000 || code === 1001 ? 0 : config.GRACE_MS, () => end(gone));
    });

    const greet = async (message: Message): Promise<void> => {
      greeting = true;
      const head = { id: message.id, module: 'session', method: 'hello' };
      try {
        const { session: opened, answer, missed } = await hello(message, request);
        clearTimeout(timeout);
        if (ws.readyState !== ws.OPEN) {
          if (!opened.connected) opened.keep(config.GRACE_MS, () => end(opened));
          return;
        }
        session = opened;
        // Nothing may come between the answer and what was missed.
        ws.send(JSON.stringify({ ...head, ...answer }));
        for (const text of missed) ws.send(text);
        opened.attach(ws);
        const seat = opened.participant;
        if (seat && answer.missed === 'snapshot') seat.meeting.media.reset(seat.peer);
        for (const waiting of early) run(opened, waiting);
      } catch (error) {
        ws.send(JSON.stringify({ ...head, error: errorShape(error, log, 'session.hello') }));
        ws.close(4401, 'session.hello failed');
      }
    };

    const run = async (mine: Session, message: Message): Promise<void> => {
      const { id, module, method } = message;
      const name = `${module}.${method}`;
      if (id !== undefined) {
        const before = mine.answers.begin(id);
        if (before.known) {
          if (before.text !== undefined) mine.send(before.text);
          return;
        }
      }
      let answer: object;
      if (pending >= maxPending)
        answer = { error: { code: 'THROTTLED', message: 'Too many requests at once.', details: { retryAfter: 1000 } } };
      else {
        pending++;
        try {
          answer = await dispatch(name, message, callerOf(mine));
        } catch (error) {
          answer = { error: errorShape(error, log, name) };
        }
        pending--;
      }
      if (id === undefined) return;
      const text = JSON.stringify({ ...answer, id, module, method });
      mine.answers.end(id, text);
      mine.send(text);
    };

    ws.on('message', (data, isBinary) => {
      if (Date.now() - windowStart > 10_000) {
        windowStart = Date.now();
        received = 0;
      }
      if (++received > messagesPerWindow) return ws.close(4429, 'too many messages');
      let message: Message;
      try {
        message = isBinary ? undefined : JSON.parse(data.toString());
      } catch {
        return ws.close(4400, 'not JSON');
      }
      const isObject = typeof message === 'object' && message !== null && !Array.isArray(message);
      const idType = isObject ? typeof message.id : '';
      if (
        !isObject ||
        !(
          idType === 'undefined' ||
          idType === 'number' ||
          (idType === 'string' && (message.id as string).length <= 100)
        )
      )
        return ws.close(4400, 'not a message');
      if (session) return void run(session, message);
      if (greeting) {
        if (early.push(message) > maxPending) ws.close(4400, 'too many messages before the answer to session.hello');
        return;
      }
      if (message.module !== 'session' || message.method !== 'hello')
        return ws.close(4401, 'session.hello comes first');
      void greet(message);
    });
  };

  return {
    get connections() {
      return server.clients.size;
    },
    async close(): Promise<void> {
      clearInterval(pinging);
      for (const session of sessions.values()) session.dispose(1012, 'the server restarts');
      for (const ws of server.clients) ws.close(1012, 'the server restarts');
      await new Promise((done) => setTimeout(done, 50));
      for (const ws of server.clients) ws.terminate();
      server.close();
    },
  };
};

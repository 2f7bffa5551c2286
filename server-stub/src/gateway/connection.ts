import type { IncomingMessage } from 'node:http';
import { closeCodes, wire } from '@meetframe/contract/wire';
import type { WebSocket } from 'ws';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Meetings } from '../meeting/meetings.ts';
import type { Caller } from './caller.ts';
import { type Dispatch, errorShape } from './dispatch.ts';
import type { Hello, Welcome } from './hello.ts';
import type { RequestId, Session } from './session.ts';

const { badMessage, done, flood, goingAway, noSession } = closeCodes;
/** How long a client that broke the protocol gets to close its end. */
const partingTime = 1000;

type Message = { id?: RequestId; module: string; method: string; [key: string]: unknown };
type Parts = {
  config: Config;
  meetings: Meetings;
  dispatch: Dispatch;
  hello: Hello;
  log: Log;
  sessions: Map<string, Session>;
  /** Told how each attempt to take a session up ended. */
  onResume?: (outcome: 'events' | 'snapshot' | 'lost') => void;
};

const isName = (name: unknown): boolean => typeof name === 'string' && name.length <= wire.maxName;
const isId = (id: unknown): boolean => id === undefined || typeof id === 'number' || isName(id);

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' &&
  value !== null &&
  'module' in value &&
  'method' in value &&
  isName(value.module) &&
  isName(value.method) &&
  isId('id' in value ? value.id : undefined);

/** A message, or the reason why a text is none. */
const parse = (text: string): Message | string => {
  try {
    const message: unknown = JSON.parse(text);
    return isMessage(message) ? message : 'not a message';
  } catch {
    return 'not JSON';
  }
};

const callerOf = (session: Session): Caller => ({
  ip: session.ip,
  device: session.device,
  app: session.app,
  sign: session.sign,
  user: session.user,
  SID: session.SID,
  session,
  participant: session.participant,
});

/** Serves one socket: its limits, `session.hello`, then calls until it closes. The session outlives it. */
export const makeConnection = (parts: Parts) => {
  const { config, meetings, dispatch, hello, log, sessions } = parts;

  const end = (session: Session): void => {
    sessions.delete(session.token);
    session.dispose();
    if (session.participant) meetings.leave(session.participant);
  };

  return (ws: WebSocket, request: IncomingMessage, ip: string): void => {
    let session: Session | undefined;
    let greeting = false;
    let pending = 0;
    let received = 0;
    let windowStart = Date.now();
    const early: Message[] = [];

    const refuse = (code: number, reason: string): void => {
      ws.close(code, reason);
      setTimeout(() => ws.terminate(), partingTime).unref();
    };
    const timeout = setTimeout(() => refuse(noSession.code, 'session.hello did not come'), config.HELLO_TIMEOUT_MS);

    ws.on('error', (error) => log.debug({ err: error }, 'socket'));
    ws.on('close', (code) => {
      clearTimeout(timeout);
      const gone = session;
      // The page closed it or went away, so nobody will come back for the seat.
      gone?.detach(ws, code === done.code || code === goingAway.code ? 0 : config.GRACE_MS, () => end(gone));
    });

    const welcome = ({ session: opened, answer, missed }: Welcome, head: object): void => {
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
      for (const waiting of early) void run(opened, waiting);
    };

    const greet = async (message: Message): Promise<void> => {
      greeting = true;
      const head = { id: message.id, module: 'session', method: 'hello' };
      try {
        const opened = await hello(message, request, ip);
        clearTimeout(timeout);
        if ('resume' in message) parts.onResume?.(opened.answer.resumed ? opened.answer.missed : 'lost');
        welcome(opened, head);
      } catch (error) {
        ws.send(JSON.stringify({ ...head, error: errorShape(error, log, 'session.hello') }));
        refuse(noSession.code, 'session.hello failed');
      }
    };

    const answerTo = async (mine: Session, name: string, message: Message): Promise<object> => {
      if (pending >= wire.maxPending)
        return { error: { code: 'THROTTLED', message: 'Too many requests at once.', details: { retryAfter: 1000 } } };
      pending++;
      try {
        return await dispatch(name, message, callerOf(mine));
      } catch (error) {
        return { error: errorShape(error, log, name) };
      } finally {
        pending--;
      }
    };

    const run = async (mine: Session, message: Message): Promise<void> => {
      const { id, module, method } = message;
      if (id !== undefined) {
        const before = mine.answers.begin(id);
        if (before.known) {
          if (before.text !== undefined) mine.send(before.text);
          return;
        }
      }
      const answer = await answerTo(mine, `${module}.${method}`, message);
      if (id === undefined) return mine.send(JSON.stringify({ ...answer, module, method }));
      const text = JSON.stringify({ ...answer, id, module, method });
      mine.answers.end(id, text);
      mine.send(text);
    };

    const isFlooding = (): boolean => {
      if (Date.now() - windowStart > wire.window) {
        windowStart = Date.now();
        received = 0;
      }
      return ++received > wire.maxMessages;
    };

    ws.on('message', (data, isBinary) => {
      // What still comes in after a refusal is not looked at.
      if (ws.readyState !== ws.OPEN) return;
      if (isFlooding()) return refuse(flood.code, 'too many messages');
      const message = isBinary ? 'not JSON' : parse(data.toString());
      if (typeof message === 'string') return refuse(badMessage.code, message);
      if (session) return void run(session, message);
      if (greeting) {
        if (early.push(message) > wire.maxPending)
          refuse(badMessage.code, 'too many messages before the answer to session.hello');
        return;
      }
      if (message.module !== 'session' || message.method !== 'hello')
        return refuse(noSession.code, 'session.hello comes first');
      void greet(message);
    });
  };
};

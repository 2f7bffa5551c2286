import type { IncomingMessage } from 'node:http';
import { protocol } from '@meetframe/contract/version';
import { closeCodes, wire } from '@meetframe/contract/wire';
import type { WebSocket } from 'ws';
import type { Caller } from '../account/caller.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Meetings } from '../meeting/meetings.ts';
import { makeBurst } from '../throttle/burst.ts';
import type { RequestId } from './answers.ts';
import type { Device } from './device.ts';
import type { Devices } from './devices.ts';
import { type Dispatch, errorShape, isRead, refusalOf } from './dispatch.ts';
import type { Hello, Welcome } from './hello.ts';

const { badMessage, done, flood, goingAway, noSession } = closeCodes;
/** How long a client that violated the protocol gets to close its side of the socket, in ms. */
const partingTime = 1000;

type Message = { id?: RequestId; module: string; method: string; [key: string]: unknown };
type Parts = {
  config: Config;
  meetings: Meetings;
  dispatch: Dispatch;
  hello: Hello;
  log: Log;
  devices: Devices;
  /** Called with the outcome of each attempt to resume. */
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

/** The parsed message, or the reason why the text is not a message. */
const parse = (text: string): Message | string => {
  try {
    const message: unknown = JSON.parse(text);
    return isMessage(message) ? message : 'not a message';
  } catch {
    return 'not JSON';
  }
};

/**
 * Section 5.6: a client that only receives calls begins with `call.doRegister` and its `SID`. It stands for `session.hello` too, which gets no
 * answer of its own then.
 */
const isRegistration = ({ module, method, SID }: Message): boolean =>
  module === 'call' && method === 'doRegister' && SID !== undefined;
const introduction = ({ SID, sign, deviceType }: Message): object => ({
  protocol,
  SID,
  ...(sign !== undefined && { sign }),
  ...(typeof deviceType === 'string' && { mode: deviceType }),
});

const callerOf = (device: Device): Caller => ({
  ip: device.ip,
  userAgent: device.userAgent,
  app: device.app,
  sign: device.sign,
  user: device.user,
  SID: device.SID,
  device,
  seat: device.seat,
});

/** The error for a request that was carried out but whose answer was too large to be kept. */
const dropped = {
  code: 'CONFLICT',
  message: 'This request was carried out, but its answer was too large to be kept; read the present state.',
} as const;

/** The error for a second `session.hello`. */
const repeated = {
  code: 'CONFLICT',
  message: 'session.hello is the first message of a socket, and is sent once.',
} as const;

/** Serves one socket until it closes: enforces its limits, expects `session.hello`, then runs calls. The device outlives the socket. */
export const makeConnection = (parts: Parts) => {
  const { config, meetings, dispatch, hello, log, devices } = parts;

  const end = (device: Device): void => {
    const { seat } = device;
    devices.close(device);
    meetings.leave(seat);
  };

  return (ws: WebSocket, request: IncomingMessage, ip: string): void => {
    let device: Device | undefined;
    let helloReceived = false;
    /** How long a session without a socket is kept: a page that closes the socket deliberately will not resume. */
    let grace = config.GRACE_MS;
    let pending = 0;
    const isFlooding = makeBurst(wire.maxMessages, wire.window);
    const early: Message[] = [];

    const refuse = (code: number, reason: string): void => {
      ws.close(code, reason);
      setTimeout(() => ws.terminate(), partingTime).unref();
    };
    const timeout = setTimeout(() => refuse(noSession.code, 'session.hello did not come'), config.HELLO_TIMEOUT_MS);

    ws.on('error', (error) => log.debug({ err: error }, 'socket'));
    ws.on('close', (code) => {
      clearTimeout(timeout);
      const gone = device;
      if (code === done.code || code === goingAway.code) grace = 0;
      if (gone?.detach(ws, grace, () => end(gone))) meetings.setConnected(gone.seat, false);
    });

    const welcome = ({ device: opened, answer, missed, abandoned }: Welcome, head: object | undefined): void => {
      if (abandoned) end(abandoned);
      if (ws.readyState !== ws.OPEN) {
        if (!opened.connected) opened.keep(grace, () => end(opened));
        return;
      }
      device = opened;
      // The missed events must follow the answer before anything else is sent.
      if (head) ws.send(JSON.stringify({ ...head, ...answer }));
      for (const text of missed) ws.send(text);
      opened.attach(ws);
      meetings.setConnected(opened.seat, true);
      if (answer.missed === 'snapshot') meetings.restartMedia(opened.seat);
      for (const waiting of early) void run(opened, waiting);
    };

    const answerHello = async (message: Message): Promise<void> => {
      helloReceived = true;
      const { id, module, method } = message;
      const registers = isRegistration(message);
      const head = { id, module, method };
      try {
        const opened = await hello(registers ? introduction(message) : message, request, ip);
        clearTimeout(timeout);
        if ('resume' in message) parts.onResume?.(opened.answer.resumed ? opened.answer.missed : 'lost');
        if (registers) early.unshift(message);
        welcome(opened, registers ? undefined : head);
      } catch (error) {
        ws.send(JSON.stringify({ ...head, error: errorShape(error, log, `${module}.${method}`) }));
        refuse(noSession.code, 'session.hello failed');
      }
    };

    const answerTo = async (mine: Device, name: string, message: Message): Promise<object> => {
      if (pending >= wire.maxPending)
        return { error: { code: 'THROTTLED', message: 'Too many requests at once.', details: { retryAfter: 1000 } } };
      if (name === 'session.hello') return { error: repeated };
      pending++;
      try {
        return await dispatch(name, message, callerOf(mine));
      } catch (error) {
        return refusalOf(error, log, name);
      } finally {
        pending--;
      }
    };

    const run = async (mine: Device, message: Message): Promise<void> => {
      const { id, module, method } = message;
      const name = `${module}.${method}`;
      const before = id === undefined ? undefined : mine.answers.begin(id);
      if (before?.state === 'under way') return;
      if (before?.state === 'answered') return mine.send(before.text);
      const answer = before ? { error: dropped } : await answerTo(mine, name, message);
      const text = JSON.stringify({ ...answer, id, module, method });
      if (id !== undefined && !before) mine.answers.end(id, isRead(name) ? undefined : text);
      mine.send(text);
    };

    ws.on('message', (data, isBinary) => {
      // Ignore messages that arrive after a refusal.
      if (ws.readyState !== ws.OPEN) return;
      if (isFlooding()) return refuse(flood.code, 'too many messages');
      const message = isBinary ? 'not JSON' : parse(data.toString());
      if (typeof message === 'string') return refuse(badMessage.code, message);
      if (device) {
        device.heardAt = performance.now();
        return void run(device, message);
      }
      if (helloReceived) {
        if (early.push(message) > wire.maxPending)
          refuse(badMessage.code, 'too many messages before the answer to session.hello');
        return;
      }
      if ((message.module !== 'session' || message.method !== 'hello') && !isRegistration(message))
        return refuse(noSession.code, 'session.hello comes first');
      void answerHello(message);
    });
  };
};

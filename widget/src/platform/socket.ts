import { type Connection, RTCPeerError } from '@meetframe/contract';

/** Code of a deliberate close, `closeCodes.done` in the contract: the server ends the session at once. */
const done = 1000;

export type Resume = { token: string; lastSeq: number };
type Message = Record<string, unknown>;

/** Fields of the answer to the first message that the socket itself needs. */
type HelloAnswer = { resumed: boolean; missed: 'events' | 'snapshot'; resumeToken: string; seq: number };

export type SocketOptions = {
  url: string;
  /** Parameters of `session.hello`; called for each connection. */
  hello: (resume: Resume | undefined) => Message;
  /** The sign was refused: fetch a fresh one; false when there is none. */
  renew: () => Promise<boolean>;
  onHello: (answer: Message) => void;
  onState: (state: Connection, error?: RTCPeerError) => void;
  onEvent: (name: string, payload: Message) => void;
  /** The session was resumed, but too many events were missed to be sent again. */
  onMissed: () => void;
  /** The server has ended the session: seat and transports are lost. */
  onLost: () => void;
  /** No connection could be opened, several times, since the session was started. */
  onBlocked: () => void;
  WebSocket?: typeof WebSocket;
  random?: () => number;
};

type Pending = {
  text: string;
  resolve: (result: never) => void;
  reject: (error: RTCPeerError) => void;
  timer: ReturnType<typeof setTimeout>;
};

const requestTimeout = 15_000;
const pingEvery = 10_000;
const pongWithin = 5_000;
const longestDelay = 5_000;
/** After the second failed attempt, and then every so many, it is asked why. */
const askEvery = 5;
const longestMessage = 60_000;
const fatal = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'VERSION_MISMATCH', 'INVALID_ARGUMENT']);

const split = (name: string): [string, string] => {
  const dot = name.indexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
};

/** One session with the platform, over one WebSocket after another. */
export class Socket {
  state: Connection = 'idle';
  /** Why no connection can be opened, once that is known; calls then fail with it. */
  obstacle: RTCPeerError | undefined;
  #options: SocketOptions;
  #socket: WebSocket | undefined;
  #pending = new Map<number, Pending>();
  #nextId = 1;
  #helloId = 0;
  #pingId = 0;
  #resume: Resume | undefined;
  #attempt = 0;
  #renewed = false;
  /** The fresh sign that the next connection waits for, if any. */
  #renewal: object | undefined;
  #retryAfter: number | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: SocketOptions) {
    this.#options = options;
    globalThis.addEventListener?.('online', this.#online);
  }

  start(): void {
    if (this.#closed || this.state === 'connected' || this.#socket || this.#renewal) return;
    this.#setState(this.#resume ? 'reconnecting' : 'connecting');
    this.#open();
  }

  /** Starts a new session, with the current parameters of `hello`. */
  restart(): void {
    this.#resume = undefined;
    this.#renewed = false;
    this.#renewal = undefined;
    this.#drop();
    this.start();
  }

  /** `patience`: once it resolves, the answer may take as long as the session lasts. */
  call(name: string, params: Message = {}, timeout = requestTimeout, patience?: Promise<void>): Promise<never> {
    if (this.#closed) return Promise.reject(new RTCPeerError('DESTROYED', 'The connection was closed.'));
    if (this.state === 'idle') this.start();
    if (this.state === 'failed')
      return Promise.reject(new RTCPeerError('DISCONNECTED', 'There is no connection to the platform.'));
    const id = this.#nextId++;
    const [module, method] = split(name);
    const text = JSON.stringify({ ...params, id, module, method });
    // The server closes a connection that sends more, and all other calls would fail with it.
    if (text.length * 3 > longestMessage && new TextEncoder().encode(text).length > longestMessage)
      return Promise.reject(
        new RTCPeerError('INVALID_ARGUMENT', `${name}: the arguments are larger than ${longestMessage} bytes.`, {
          field: '',
          expected: `at most ${longestMessage} bytes`,
        }),
      );
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(
          this.state === 'connected'
            ? new RTCPeerError('TIMEOUT', `${name} was not answered within ${timeout} ms.`)
            : (this.obstacle ??
                new RTCPeerError('DISCONNECTED', `${name} could not be sent: no connection to the platform.`)),
        );
      }, timeout);
      void patience?.then(() => clearTimeout(timer));
      this.#pending.set(id, { text, resolve, reject, timer });
      if (this.state === 'connected') this.#socket?.send(text);
    });
  }

  close(): void {
    this.#closed = true;
    globalThis.removeEventListener?.('online', this.#online);
    this.#drop(done);
    this.#rejectAll(new RTCPeerError('DESTROYED', 'The connection was closed.'));
  }

  #online = (): void => {
    if (this.#closed || this.state === 'idle' || this.state === 'failed') return;
    this.#attempt = 0;
    this.#drop();
    this.start();
  };

  #setState(state: Connection, error?: RTCPeerError): void {
    if (this.state === state) return;
    this.state = state;
    this.#options.onState(state, error);
  }

  #rejectAll(error: RTCPeerError): void {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject, timer } of all) {
      clearTimeout(timer);
      reject(error);
    }
  }

  /** Closes the current WebSocket without an event. `code`: why, for the server. */
  #drop(code?: number): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#pingTimer);
    const socket = this.#socket;
    this.#socket = undefined;
    if (this.state === 'connected') this.#setState('reconnecting');
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close(code);
  }

  #open(): void {
    const socket = new (this.#options.WebSocket ?? WebSocket)(this.#options.url);
    this.#socket = socket;
    this.#helloId = 0;
    const current = () => this.#socket === socket;
    socket.onopen = () => {
      this.#helloId = this.#nextId++;
      socket.send(
        JSON.stringify({ ...this.#options.hello(this.#resume), id: this.#helloId, module: 'session', method: 'hello' }),
      );
      this.#expectPong();
    };
    socket.onmessage = ({ data }) => {
      if (current()) this.#receive(String(data));
    };
    socket.onclose = () => {
      if (current()) this.#retry();
    };
    // A connection that never opens must not delay the next attempt.
    this.#pingTimer = setTimeout(() => current() && this.#retry(), pongWithin * 2);
  }

  #retry(): void {
    this.#drop();
    if (this.#closed || this.state === 'failed') return;
    this.#setState(this.#resume ? 'reconnecting' : 'connecting');
    if (!this.#resume && this.#attempt % askEvery === 1) this.#options.onBlocked();
    const jitter = (this.#options.random ?? Math.random)() * Math.min(longestDelay, 300 * 2 ** this.#attempt++);
    const delay = (this.#retryAfter ?? 0) + jitter;
    this.#retryAfter = undefined;
    this.#retryTimer = setTimeout(() => this.#open(), delay);
  }

  #receive(text: string): void {
    let message: Message;
    try {
      message = JSON.parse(text);
    } catch {
      return;
    }
    // Events and the answer to the first message have a `seq`; some events also have a field `id`. Volatile events have
    // no `seq`.
    const isEvent =
      typeof message.seq === 'number' ? message.method !== 'hello' : message.id === undefined && !message.error;
    if (isEvent && typeof message.module === 'string') {
      const { seq, module, method, ...payload } = message;
      if (typeof seq === 'number' && this.#resume) {
        if (seq <= this.#resume.lastSeq) return;
        this.#resume.lastSeq = seq;
      }
      if (typeof payload.retryAfter === 'number') this.#retryAfter = payload.retryAfter;
      this.#options.onEvent(`${module}.${method}`, payload);
      return;
    }
    const { id, error, module: _, method: __, ...result } = message;
    if (id === this.#helloId) {
      if (error) void this.#refused(RTCPeerError.from(error));
      else this.#welcome(result as HelloAnswer);
      return;
    }
    if (id === this.#pingId) {
      this.#schedulePing();
      return;
    }
    const pending = this.#pending.get(id as number);
    if (!pending) {
      // An error that answers no request is about the connection itself.
      const { retryAfter } = ((error as Message | undefined)?.details ?? {}) as { retryAfter?: number };
      if (retryAfter !== undefined) this.#retryAfter = retryAfter;
      return;
    }
    this.#pending.delete(id as number);
    clearTimeout(pending.timer);
    if (error) pending.reject(RTCPeerError.from(error));
    else pending.resolve(result as never);
  }

  #welcome(answer: HelloAnswer): void {
    const before = this.#resume;
    const missed = answer.resumed && answer.missed === 'snapshot';
    this.#resume = {
      token: answer.resumeToken,
      lastSeq: before && answer.resumed && !missed ? before.lastSeq : answer.seq,
    };
    this.#attempt = 0;
    this.obstacle = undefined;
    this.#renewed = false;
    const lost = before !== undefined && !answer.resumed;
    if (lost) this.#rejectAll(new RTCPeerError('DISCONNECTED', 'The connection was lost for too long.'));
    this.#options.onHello(answer);
    for (const { text } of this.#pending.values()) this.#socket?.send(text);
    this.#setState('connected');
    this.#schedulePing();
    if (lost) this.#options.onLost();
    else if (missed) this.#options.onMissed();
  }

  async #refused(error: RTCPeerError): Promise<void> {
    // The server closes a refused socket. That must not start another attempt while the page fetches a fresh sign.
    this.#drop();
    if (error.code === 'UNAUTHENTICATED' && !this.#renewed) {
      this.#renewed = true;
      const renewal = {};
      this.#renewal = renewal;
      const renewed = await this.#options.renew().catch(() => false);
      if (this.#closed || this.#renewal !== renewal) return;
      this.#renewal = undefined;
      if (renewed) return this.#open();
    }
    if (fatal.has(error.code)) {
      this.#resume = undefined;
      this.#setState('failed', error);
      this.#rejectAll(error);
      return;
    }
    const retryAfter = error.details?.retryAfter;
    if (typeof retryAfter === 'number') this.#retryAfter = retryAfter;
    this.#retry();
  }

  #schedulePing(): void {
    clearTimeout(this.#pingTimer);
    this.#pingTimer = setTimeout(() => {
      this.#pingId = this.#nextId++;
      this.#socket?.send(JSON.stringify({ id: this.#pingId, module: 'session', method: 'ping' }));
      this.#expectPong();
    }, pingEvery);
  }

  #expectPong(): void {
    clearTimeout(this.#pingTimer);
    this.#pingTimer = setTimeout(() => this.#retry(), pongWithin);
  }
}

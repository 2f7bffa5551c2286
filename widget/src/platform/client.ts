import {
  type Connection,
  type Input,
  type meeting,
  type meetingEvents,
  type Output,
  type Payload,
  type platform,
  type platformEvents,
  protocol,
  RTCPeerError,
} from '@meetframe/contract';
import { createRenewal } from './renewal.ts';
import { Socket } from './socket.ts';

type Table = typeof platform & typeof meeting;
type Events = typeof meetingEvents & typeof platformEvents;
export type HelloAnswer = Output<Table['session.hello']>;

/** Credentials and options of the connection: the fields of `session.hello` except version and resume. */
export type Credentials = Omit<Input<Table['session.hello']>, 'protocol' | 'resume'>;

export type ClientEvents = {
  state: { state: Connection; error: RTCPeerError | undefined };
  hello: HelloAnswer;
  /** Too many events were missed: the state must be read again. */
  missed: undefined;
  /** The server has ended the session; a new one has started. */
  lost: undefined;
  /** The sign has expired and the page has no new one yet, or has been renewed. */
  sign: { isExpired: boolean };
  /** No connection can be opened, at this address. `explain` makes calls fail with the reason. */
  blocked: { url: string; explain: (why: RTCPeerError) => void };
};

type Listener = (payload: never) => void;

/** Milliseconds that the page may take to give a sign. */
const signWithin = 15_000;

export type Client = ReturnType<typeof createClient>;

/** Typed access to the platform, derived from the contract. */
export const createClient = (options: { url: string; WebSocket?: typeof WebSocket }) => {
  let credentials: Credentials = {};
  let amend: (() => boolean) | undefined;
  let signSource: (() => Promise<string | null>) | undefined;
  let answer: HelloAnswer | undefined;
  let clockOffset = 0;
  const listeners = new Map<string, Set<Listener>>();
  const emit = (name: string, payload: unknown): void => {
    for (const listener of [...(listeners.get(name) ?? [])]) (listener as (payload: unknown) => void)(payload);
  };
  const subscribe = (name: string, listener: Listener): (() => void) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  };
  const freshSign = async (): Promise<string> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, signWithin, null);
    });
    const sign = await Promise.race([signSource?.(), late]).finally(() => clearTimeout(timer));
    if (!sign) throw new RTCPeerError('UNAUTHENTICATED', 'The page has no fresh sign.');
    return sign;
  };
  const renewal = createRenewal({
    async renew() {
      const sign = await freshSign();
      const { signExpiresAt } = await client.call('session.renewSign', { sign });
      credentials = { ...credentials, sign };
      return signExpiresAt - (Date.now() + clockOffset);
    },
    onExpired: (isExpired) => emit('sign', { isExpired }),
  });
  const socket = new Socket({
    url: options.url,
    ...(options.WebSocket && { WebSocket: options.WebSocket }),
    hello: (resume) => ({ protocol, ...credentials, ...(resume && { resume }) }),
    renew: async () => {
      if (amend?.()) return true;
      credentials = { ...credentials, sign: await freshSign() };
      return true;
    },
    onHello: (result) => {
      answer = result as HelloAnswer;
      const { signExpiresAt, serverTime } = answer;
      clockOffset = serverTime - Date.now();
      renewal.hold(signExpiresAt === null ? null : signExpiresAt - serverTime);
      emit('hello', answer);
    },
    onState: (state, error) => emit('state', { state, error }),
    onEvent: emit,
    onMissed: () => emit('missed', undefined),
    onLost: () => emit('lost', undefined),
    onBlocked: () =>
      emit('blocked', {
        url: options.url,
        explain: (why: RTCPeerError) => {
          socket.obstacle = why;
        },
      }),
  });
  const client = {
    /** Changes the credentials; takes effect with the next connection. */
    identify(change: Credentials): void {
      credentials = { ...credentials, ...change };
    },
    /** Called first when the server refuses the login: true when `identify` has set another one. */
    onRefused(listener: () => boolean): void {
      amend = listener;
    },
    onSignNeeded(source: () => Promise<string | null>): void {
      signSource = source;
    },
    /** Added to this machine's clock it gives the server's, in milliseconds. */
    clockOffset: (): number => clockOffset,
    start: (): void => socket.start(),
    restart(): void {
      answer = undefined;
      socket.restart();
    },
    /** The server's answer to `session.hello`; waits for the connection. */
    async welcome(): Promise<HelloAnswer> {
      if (!answer) {
        let forget = (): void => {};
        const hello = new Promise((resolve) => {
          forget = subscribe('hello', resolve);
        });
        // The call connects, and fails when that is not possible.
        await Promise.race([hello, socket.call('session.ping')]).finally(forget);
      }
      return answer as unknown as HelloAnswer;
    },
    /** `patience`: once it resolves, the answer may take as long as the session lasts. */
    call: <K extends keyof Table>(
      name: K,
      input: Input<Table[K]>,
      patience?: Promise<void>,
    ): Promise<Output<Table[K]>> => socket.call(name, input as Record<string, unknown>, undefined, patience),
    /** Sends a call of a page, whose input the server checks. */
    send: (name: keyof Table, input: Record<string, unknown>): Promise<unknown> => socket.call(name, input),
    on: <K extends keyof Events>(name: K, listener: (payload: Payload<Events[K]>) => void): (() => void) =>
      subscribe(name, listener),
    onConnection: <K extends keyof ClientEvents>(name: K, listener: (payload: ClientEvents[K]) => void): (() => void) =>
      subscribe(name, listener),
    close(): void {
      renewal.stop();
      socket.close();
    },
  };
  return client;
};

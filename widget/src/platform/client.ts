import {
  type Input,
  type meeting,
  type meetingEvents,
  type Output,
  type Payload,
  type platform,
  protocol,
  type RTCPeerError,
} from '@meetframe/contract';
import { Socket, type SocketState } from './socket.ts';

type Table = typeof platform & typeof meeting;
type Events = typeof meetingEvents;
export type HelloAnswer = Output<Table['session.hello']>;

/** Who connects, and how; everything that `session.hello` says besides version and resume. */
export type Credentials = Omit<Input<Table['session.hello']>, 'protocol' | 'resume'>;

export type ClientEvents = {
  state: { state: SocketState; error: RTCPeerError | undefined };
  hello: HelloAnswer;
  /** Too much was missed: the state must be asked for. */
  missed: undefined;
  /** The session is gone, a new one began. */
  lost: undefined;
};

type Listener = (payload: never) => void;

export type Client = ReturnType<typeof createClient>;

/** Typed access to the platform, derived from the contract. */
export const createClient = (options: { url: string; WebSocket?: typeof WebSocket }) => {
  let credentials: Credentials = {};
  let signSource: (() => Promise<string | null>) | undefined;
  let answer: HelloAnswer | undefined;
  const listeners = new Map<string, Set<Listener>>();
  const emit = (name: string, payload: unknown): void => {
    for (const listener of [...(listeners.get(name) ?? [])]) (listener as (payload: unknown) => void)(payload);
  };
  const subscribe = (name: string, listener: Listener): (() => void) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  };
  const socket = new Socket({
    url: options.url,
    ...(options.WebSocket && { WebSocket: options.WebSocket }),
    hello: (resume) => ({ protocol, ...credentials, ...(resume && { resume }) }),
    renew: async () => {
      const sign = await signSource?.();
      if (!sign) return false;
      credentials = { ...credentials, sign };
      return true;
    },
    onHello: (result) => {
      answer = result as HelloAnswer;
      emit('hello', answer);
    },
    onState: (state, error) => emit('state', { state, error }),
    onEvent: emit,
    onMissed: () => emit('missed', undefined),
    onLost: () => emit('lost', undefined),
  });
  return {
    /** Sets who connects; takes effect with the next connection. */
    identify(change: Credentials): void {
      credentials = { ...credentials, ...change };
    },
    onSignExpired(source: () => Promise<string | null>): void {
      signSource = source;
    },
    start: (): void => socket.start(),
    restart(): void {
      answer = undefined;
      socket.restart();
    },
    /** What the server said about itself; waits for the connection. */
    async welcome(): Promise<HelloAnswer> {
      if (!answer) await socket.call('session.ping');
      return answer as unknown as HelloAnswer;
    },
    call: <K extends keyof Table>(name: K, input: Input<Table[K]>): Promise<Output<Table[K]>> =>
      socket.call(name, input as Record<string, unknown>),
    on: <K extends keyof Events>(name: K, listener: (payload: Payload<Events[K]>) => void): (() => void) =>
      subscribe(name, listener),
    onConnection: <K extends keyof ClientEvents>(name: K, listener: (payload: ClientEvents[K]) => void): (() => void) =>
      subscribe(name, listener),
    close: (): void => socket.close(),
  };
};

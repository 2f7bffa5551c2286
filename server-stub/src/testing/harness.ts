import { EventEmitter, on } from 'node:events';
import { wireEvents } from '@meetframe/contract/api';
import { protocol } from '@meetframe/contract/version';
import { WebSocket } from 'ws';
import { type Config, parseConfig } from '../config.ts';
import { startServer } from '../server.ts';
import { demoApp } from '../store/demo.ts';
import { openStore, type Store } from '../store/store.ts';
import { checkAnswer, eventDivergence } from './answers.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came over the wire
export type Json = Record<string, any>;

/** The real server on free ports, with a fresh database unless one is given. */
export const startTestServer = async (settings: Record<string, string> = {}, given?: FreshDatabase) => {
  const database = given ?? (await freshDatabase());
  const config: Config = parseConfig({
    ...database.settings,
    PORT: '0',
    MEDIA_PORT: '0',
    MEDIA_WORKERS: '1',
    MEDIA_LISTEN: '127.0.0.1',
    LOG_LEVEL: 'error',
    ASSETS_KEPT_MS: '0',
    DEMO: 'true',
    // Whole suites come from one address.
    LOOKUPS_PER_HOUR: '1000000',
    MADE_UP_PER_HOUR: '1000000',
    GUEST_SHARE: '100',
    RECORD_NICE: '0',
    ...settings,
  });
  const server = await startServer(config);
  const clients = new Set<TestClient>();
  const post = async (module: string, body: unknown) => {
    const answer = await fetch(`${server.origin}/app/${module}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answered = (await answer.json()) as Json;
    checkAnswer(`${module}.${(body as Json | null)?.method}`, answered);
    return { status: answer.status, body: answered };
  };
  let store: Store | undefined;
  const connect = async () => {
    const client = await TestClient.open(server.origin);
    clients.add(client);
    return client;
  };
  return {
    config,
    origin: server.origin,
    port: server.port,
    services: server.services,
    post,
    connect,
    /** The server's database, for tests that read or write it directly. Statements only, no transactions. */
    async store(): Promise<Store> {
      store ??= await openStore(config);
      return store;
    },
    /** The value of a metric in /metrics, with its labels as written there. */
    async metric(name: string): Promise<number | undefined> {
      const text = await (await fetch(`${server.origin}/metrics`)).text();
      const line = text.split('\n').find((each) => each.startsWith(`${name} `));
      return line === undefined ? undefined : Number(line.slice(name.length));
    },
    async sign(): Promise<string> {
      const answer = await fetch(`${server.origin}/app/getSign?appId=${demoApp.appId}&secret=${demoApp.secret}`);
      return ((await answer.json()) as Json).data;
    },
    /** Makes a room for one test, public and for ten participants unless `properties` of `room.newTempRoom` differ. Answers its id. */
    async room(properties: Json = {}): Promise<number> {
      const usual = { method: 'newTempRoom', name: 'Fresh', numberLimit: 10, isPublic: true };
      return (await post('room', { ...usual, sign: await this.sign(), ...properties })).body.roomId;
    },
    /** Closes the sockets that a test has opened, like a closing page: their seats are free at once for the next test. */
    async dismiss(): Promise<void> {
      await Promise.all([...clients].map((client) => client.leave()));
    },
    async login(name: string): Promise<string> {
      return (await post('account', { method: 'login', name, password: 'demo' })).body.SID;
    },
    /** A socket whose `session.hello` was answered. */
    async client(hello: Json = {}) {
      const client = await connect();
      client.hello = await client.call('session.hello', { protocol, ...hello });
      return client;
    },
    async close() {
      await store?.destroy();
      await server.close();
      for (const client of clients) client.kill();
      if (!given) await database.close();
      const wrong = [...clients].flatMap(({ divergences }) => divergences);
      if (wrong.length) throw new Error(wrong.join('\n'));
    },
  };
};
export type TestServer = Awaited<ReturnType<typeof startTestServer>>;

/** One counter for all clients: a client that resumes must not use an id twice. */
let lastId = 0;

export class TestClient {
  readonly events: Json[] = [];
  /** Events that did not match the contract. */
  readonly divergences: string[] = [];
  readonly ws: WebSocket;
  readonly closed: Promise<number>;
  hello: Json = {};
  readonly #arrived = new EventEmitter();
  readonly #pending = new Map<unknown, (answer: Json) => void>();

  constructor(ws: WebSocket) {
    this.ws = ws;
    this.closed = new Promise((done) => ws.once('close', done));
    ws.on('error', () => undefined);
    ws.on('message', (data) => {
      const message = JSON.parse(String(data)) as Json;
      // Volatile events have no number, and answers to requests without an id have neither. Methods and events may share a name.
      const isEvent =
        message.seq === undefined
          ? !this.#pending.has(message.id) && Object.hasOwn(wireEvents, `${message.module}.${message.method}`)
          : message.method !== 'hello';
      if (isEvent) {
        this.events.push(message);
        this.divergences.push(...[eventDivergence(message) ?? []].flat());
        this.#arrived.emit('event', message);
      } else this.#pending.get(message.id)?.(message);
    });
  }

  static async open(origin: string): Promise<TestClient> {
    const client = new TestClient(new WebSocket(`${origin.replace('http', 'ws')}/app/socket`));
    await new Promise((done, failed) => client.ws.once('open', done).once('error', failed));
    return client;
  }

  /** The whole answer, with `error` when it is one. */
  async ask(name: string, input: Json = {}, id: number | string = ++lastId): Promise<Json> {
    const [module, method] = name.split('.');
    const answer = new Promise<Json>((done) => this.#pending.set(id, done));
    this.ws.send(JSON.stringify({ id, module, method, ...input }));
    checkAnswer(name, await answer);
    return await answer;
  }

  async call(name: string, input: Json = {}): Promise<Json> {
    const answer = await this.ask(name, input);
    if (answer.error) throw Object.assign(new Error(`${name}: ${answer.error.message}`), answer.error);
    return answer;
  }

  async code(name: string, input: Json = {}): Promise<string | undefined> {
    return (await this.ask(name, input)).error?.code;
  }

  /** The first event of that name, already received or to come, that matches. */
  async event(name: string, fits: (event: Json) => boolean = () => true, wait = 10_000): Promise<Json> {
    const nameOf = ({ module, method }: Json) => `${module}.${method}`;
    const isIt = (event: Json) => nameOf(event) === name && fits(event);
    const past = this.events.find(isIt);
    if (past) return past;
    try {
      for await (const [event] of on(this.#arrived, 'event', { signal: AbortSignal.timeout(wait) }))
        if (isIt(event)) return event;
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error;
    }
    throw new Error(`${name} did not come; seen: ${this.events.map(nameOf).join(' ')}`);
  }

  /** Closes the socket like a page that is closed. */
  async leave(): Promise<void> {
    this.ws.close(1001);
    await this.closed;
  }

  kill(): void {
    this.ws.terminate();
  }
}

/** What a browser would send for an Opus microphone and a VP8 camera with three simulcast layers. */
export const opus = (ssrc: number): Json => ({
  mid: String(ssrc),
  codecs: [
    { mimeType: 'audio/opus', payloadType: 111, clockRate: 48000, channels: 2, parameters: { useinbandfec: 1 } },
  ],
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 1 }],
  encodings: [{ ssrc }],
  rtcp: { cname: 'test' },
});
export const vp8 = (mid: string): Json => ({
  mid,
  codecs: [
    {
      mimeType: 'video/VP8',
      payloadType: 96,
      clockRate: 90000,
      rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
    },
  ],
  headerExtensions: [
    { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 2 },
    { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 3 },
  ],
  encodings: [{ rid: 'q' }, { rid: 'h' }, { rid: 'f' }],
  rtcp: { cname: 'test' },
});

import { randomBytes } from 'node:crypto';
import { closeCodes, wire } from '@meetframe/contract/wire';
import type { WebSocket } from 'ws';
import type { CallerApp } from '../account/app.ts';
import { signExpiry } from '../account/signs.ts';
import type { Participant } from '../meeting/participant.ts';
import type { UserRow } from '../store/tables.ts';

export type RequestId = string | number;
/** A client that does not read must not fill the server's memory; its session survives for a resume. */
const maxBuffered = 4 * 1024 * 1024;

/** The numbered events that a client may have missed. */
export class Replay {
  seq = 0;
  readonly #events: { seq: number; text: string }[] = [];
  readonly #size: number;

  constructor(size: number = wire.keptEvents) {
    this.#size = size;
  }

  add(event: object): string {
    const text = JSON.stringify({ seq: ++this.seq, ...event });
    this.#events.push({ seq: this.seq, text });
    if (this.#events.length > this.#size) this.#events.shift();
    return text;
  }

  /** What came after `lastSeq`, or `undefined` when some of it is gone. */
  since(lastSeq: number): string[] | undefined {
    if (lastSeq > this.seq) return undefined;
    const missed = this.#events.filter((event) => event.seq > lastSeq);
    return missed.length === this.seq - lastSeq ? missed.map((event) => event.text) : undefined;
  }
}

/** Answers by request id, so that a request sent again after a resume is not carried out again. */
export class Answers {
  /** `undefined` while the request is being worked on. */
  readonly #known = new Map<RequestId, string | undefined>();

  begin(id: RequestId): { known: false } | { known: true; text: string | undefined } {
    if (this.#known.has(id)) return { known: true, text: this.#known.get(id) };
    this.#known.set(id, undefined);
    return { known: false };
  }

  end(id: RequestId, text: string): void {
    this.#known.delete(id);
    this.#known.set(id, text);
    for (const [old, answer] of this.#known) {
      if (this.#known.size <= wire.keptAnswers) break;
      if (answer !== undefined) this.#known.delete(old);
    }
  }
}

/** One device's conversation with the server; it outlives the socket by the grace time. */
export class Session {
  readonly token = randomBytes(32).toString('base64url');
  readonly replay = new Replay();
  readonly answers = new Answers();
  readonly ip: string;
  #app: CallerApp;
  #sign: string | undefined;
  user: UserRow | undefined;
  SID: string | undefined;
  /** What the terminal says of itself. */
  device: string | undefined;
  mode = 'pc';
  relayServer: string | undefined;
  relay: 'relay' | 'all' = 'relay';
  transport: 'udp' | 'tcp' | undefined;
  participant: Participant | undefined;
  exits = 0;
  /** Rooms that an invite code opened for this device, with the appointment that the code is of. */
  readonly admitted = new Map<number, number>();
  #socket: WebSocket | undefined;
  #grace: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(app: CallerApp, ip: string) {
    this.#app = app;
    this.ip = ip;
  }

  /** On whose behalf the device calls. */
  get app(): CallerApp {
    return this.#app;
  }

  /** The sign that speaks for the app. */
  get sign(): string | undefined {
    return this.#sign;
  }

  /** Milliseconds since 1970; `null` on the platform's own page, which has no sign. */
  get signExpiresAt(): number | null {
    return this.#sign === undefined ? null : signExpiry(this.#sign);
  }

  get signExpired(): boolean {
    return this.signExpiresAt !== null && Date.now() >= this.signExpiresAt;
  }

  /** Takes an app and the sign, found genuine, that speaks for it; answers when that expires. */
  identify(app: CallerApp, sign: string): number {
    this.#app = app;
    this.#sign = sign;
    return signExpiry(sign);
  }

  /** Whoever is in a meeting may come back with the sign of before, though it has expired meanwhile. */
  mayReturnWith(sign: string): boolean {
    return this.participant !== undefined && this.#sign === sign && this.signExpired;
  }

  /** True once nobody can come back to it: what still runs for it must not take a seat. */
  get ended(): boolean {
    return this.#ended;
  }

  get connected(): boolean {
    return this.#socket !== undefined;
  }

  emit(name: string, payload: object): void {
    const [module, method] = name.split('.');
    this.send(this.replay.add({ module, method, ...payload }));
  }

  send(text: string): void {
    const socket = this.#socket;
    if (!socket) return;
    if (socket.bufferedAmount > maxBuffered) socket.close(closeCodes.slow.code, 'reads too slowly');
    else socket.send(text);
  }

  attach(socket: WebSocket): void {
    clearTimeout(this.#grace);
    const older = this.#socket;
    this.#socket = socket;
    if (older && older !== socket) older.close(closeCodes.resumedElsewhere.code, 'resumed elsewhere');
    this.participant?.setConnected(true);
  }

  /** The socket is gone: keep everything for `grace` ms, then call `end`. */
  detach(socket: WebSocket, grace: number, end: () => void): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    this.participant?.setConnected(false);
    this.keep(grace, end);
  }

  /** Nobody is attached: call `end` unless somebody comes back in time. */
  keep(grace: number, end: () => void): void {
    clearTimeout(this.#grace);
    this.#grace = setTimeout(end, grace);
  }

  /** Ends it for good; its socket, if there is one, closes with `code`. */
  dispose(code: number = closeCodes.done.code, reason = ''): void {
    this.#ended = true;
    clearTimeout(this.#grace);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(code, reason);
  }
}

import { randomBytes } from 'node:crypto';
import type { WireEventName, WirePayload } from '@meetframe/contract/api';
import { closeCodes } from '@meetframe/contract/wire';
import type { WebSocket } from 'ws';
import type { CallerApp } from '../account/app.ts';
import type { CallingDevice } from '../account/caller.ts';
import type { Login } from '../account/logins.ts';
import { signExpiry } from '../account/signs.ts';
import type { Participant } from '../meeting/participant.ts';
import type { UserRow } from '../store/tables.ts';
import { Answers } from './answers.ts';
import { type OutgoingEvent, outgoing } from './event.ts';
import type { KeptTotal } from './kept.ts';
import { Replay } from './replay.ts';

/** A client that does not read must not fill the server's memory; its device is kept for a resume. */
const maxBuffered = 4 * 1024 * 1024;

/** A connected client. Its conversation with the server outlives the socket by the grace time. */
export class Device implements CallingDevice {
  readonly id = randomBytes(12).toString('base64url');
  /** Opens the conversation again: a secret of the client. */
  readonly token = randomBytes(32).toString('base64url');
  /** Milliseconds since 1970. */
  readonly since = Date.now();
  readonly answers: Answers;
  readonly ip: string;
  readonly admitted = new Map<number, number>();
  /** Set by the registry alone, which finds devices by it. */
  login: Login | undefined;
  userAgent: string | undefined;
  mode = 'pc';
  relayServer: string | undefined;
  relay: 'relay' | 'all' = 'relay';
  transport: 'udp' | 'tcp' | undefined;
  participant: Participant | undefined;
  exits = 0;
  readonly #replay: Replay;
  /** The newest of each volatile event: it may have got lost with the socket. */
  readonly #volatile = new Map<WireEventName, OutgoingEvent>();
  #app: CallerApp;
  #sign: string | undefined;
  #socket: WebSocket | undefined;
  #grace: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(app: CallerApp, ip: string, kept: KeptTotal) {
    this.#app = app;
    this.ip = ip;
    this.#replay = new Replay(kept);
    this.answers = new Answers(kept);
  }

  get app(): CallerApp {
    return this.#app;
  }

  /** The sign that speaks for the app. */
  get sign(): string | undefined {
    return this.#sign;
  }

  get user(): UserRow | undefined {
    return this.login?.user;
  }

  get SID(): string | undefined {
    return this.login?.SID;
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

  /** A participant may come back with the sign of before, though it has expired meanwhile. */
  mayReturnWith(sign: string): boolean {
    return this.participant !== undefined && this.#sign === sign && this.signExpired;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get connected(): boolean {
    return this.#socket !== undefined;
  }

  /** Number of the last event. */
  get seq(): number {
    return this.#replay.seq;
  }

  /** The events after `lastSeq`, or `undefined` when some of them are not kept any more. */
  missedSince(lastSeq: number): string[] | undefined {
    return this.#replay.since(lastSeq);
  }

  emit<N extends WireEventName>(name: N, payload: WirePayload<N>): void {
    if (this.#ended) return;
    const event = outgoing(name, payload);
    if (event.isVolatile) this.#volatile.set(name, event);
    this.send(event.isVolatile ? event.text() : this.#replay.add(event));
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
    for (const event of this.#volatile.values()) this.send(event.text());
    this.participant?.setConnected(true);
  }

  /** The socket is gone: keep everything for `grace` ms, then call `end`. */
  detach(socket: WebSocket, grace: number, end: () => void): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    this.participant?.setConnected(false);
    this.keep(grace, end);
  }

  /** No socket is attached: call `end` unless one is in time. */
  keep(grace: number, end: () => void): void {
    clearTimeout(this.#grace);
    this.#grace = setTimeout(end, grace);
  }

  /** Ends it for good; its socket, if there is one, closes with `code`. */
  dispose(code: number = closeCodes.done.code, reason = ''): void {
    this.#ended = true;
    clearTimeout(this.#grace);
    this.#replay.close();
    this.answers.close();
    this.#volatile.clear();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(code, reason);
  }
}

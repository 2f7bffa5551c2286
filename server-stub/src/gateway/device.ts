import { randomBytes } from 'node:crypto';
import type { WireEventName, WirePayload } from '@meetframe/contract/api';
import type { Locale } from '@meetframe/contract/look';
import { closeCodes } from '@meetframe/contract/wire';
import type { WebSocket } from 'ws';
import type { CallerApp } from '../account/app.ts';
import type { CallingDevice, Guest } from '../account/caller.ts';
import type { Login } from '../account/logins.ts';
import { signExpiry } from '../account/signs.ts';
import type { SeatRef } from '../cluster/cluster.ts';
import type { UserRow } from '../users/tables.ts';
import { Answers } from './answers.ts';
import { outgoing } from './event.ts';
import type { KeptTotal } from './kept.ts';
import { Replay } from './replay.ts';

/** Above this many unsent bytes the socket is closed, so that a client that does not read cannot fill the memory. The device can resume. */
const maxBuffered = 4 * 1024 * 1024;

type Parts = {
  app: CallerApp;
  ip: string;
  kept: KeptTotal;
  /** The resume token of a session that is no more, of the same client. */
  lost: string | undefined;
  /** Called when the device has another seat, or a socket again. */
  changed: (device: Device) => void;
};

const personOf = (token: string | undefined): string | undefined => token && /^([\w-]{22})\./.exec(token)?.[1];

/** A connected client. It outlives its socket by the grace time, so that the client can resume. */
export class Device implements CallingDevice {
  readonly id = randomBytes(12).toString('base64url');
  /** A secret of the client that stays when its session is lost: its resume tokens begin with it. */
  readonly person: string;
  /** The resume token: a secret of the client. */
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly since = Date.now();
  readonly answers: Answers;
  readonly ip: string;
  readonly admitted = new Map<number, number>();
  /** Set by `Devices` only, which finds devices by it. */
  login: Login | undefined;
  /** Set by `Devices` only, likewise. */
  guest: Guest | undefined;
  takesGuests = false;
  userAgent: string | undefined;
  locale: Locale = 'zh-CN';
  /** Origins of the partner's pages that opened it: the app must still list them. */
  pages: readonly string[] = [];
  mode = 'pc';
  relayServer: string | undefined;
  relay: 'relay' | 'all' = 'relay';
  transport: 'udp' | 'tcp' | undefined;
  callable: string | undefined;
  callType: string | undefined;
  lostAt: number | undefined;
  /** When its client last sent a message, by the monotonic clock in milliseconds. */
  heardAt = performance.now();
  readonly #replay: Replay;
  readonly #changed: Parts['changed'];
  #app: CallerApp;
  #sign: string | undefined;
  #seat: SeatRef | undefined;
  #socket: WebSocket | undefined;
  #grace: NodeJS.Timeout | undefined;
  #ended = false;
  #gone: AbortController | undefined;
  /** Called when a socket is attached, or when the device ends. */
  readonly #waiting = new Set<() => void>();

  constructor({ app, ip, kept, lost, changed }: Parts) {
    this.person = personOf(lost) ?? randomBytes(16).toString('base64url');
    this.token = `${this.person}.${randomBytes(32).toString('base64url')}`;
    this.#app = app;
    this.ip = ip;
    this.#changed = changed;
    this.#replay = new Replay(kept);
    this.answers = new Answers(kept);
  }

  get app(): CallerApp {
    return this.#app;
  }

  /** The sign that authenticates the app. */
  get sign(): string | undefined {
    return this.#sign;
  }

  get user(): UserRow | undefined {
    return this.login?.user;
  }

  get SID(): string | undefined {
    return this.login?.SID;
  }

  /** When the sign expires, milliseconds since 1970; `null` on the platform's own page, which has no sign. */
  get signExpiresAt(): number | null {
    return this.#sign === undefined ? null : signExpiry(this.#sign);
  }

  get signExpired(): boolean {
    return this.signExpiresAt !== null && Date.now() >= this.signExpiresAt;
  }

  /** Sets the app and its verified sign. Returns when the sign expires. */
  identify(app: CallerApp, sign: string): number {
    this.#app = app;
    this.#sign = sign;
    return signExpiry(sign);
  }

  /** True when a participant resumes with the sign that the device had. It may have expired meanwhile. */
  mayReturnWith(sign: string): boolean {
    return this.seat !== undefined && this.#sign === sign && this.signExpired;
  }

  get seat(): SeatRef | undefined {
    return this.#seat;
  }

  set seat(seat: SeatRef | undefined) {
    this.#seat = seat;
    this.#replay.forgetStates();
    this.#changed(this);
  }

  get ended(): boolean {
    return this.#ended;
  }

  get connected(): boolean {
    return this.#socket !== undefined;
  }

  /** Resolves when a socket is attached, or when the device has ended. */
  async present(): Promise<void> {
    if (!this.connected && !this.#ended) await new Promise<void>((done) => this.#waiting.add(done));
  }

  /** Created on first use, because it is not needed for most devices. */
  get gone(): AbortSignal {
    this.#gone ??= new AbortController();
    if (this.#ended) this.#gone.abort();
    return this.#gone.signal;
  }

  /** Number of the last event. */
  get seq(): number {
    return this.#replay.seq;
  }

  /** The events after `lastSeq`, or `undefined` when some of them are no longer kept. */
  missedSince(lastSeq: number): string[] | undefined {
    return this.#replay.since(lastSeq);
  }

  emit<N extends WireEventName>(name: N, payload: WirePayload<N>): void {
    if (this.#ended) return;
    this.send(this.#replay.add(outgoing(name, payload)));
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
    this.lostAt = undefined;
    this.heardAt = performance.now();
    if (older && older !== socket) older.close(closeCodes.resumedElsewhere.code, 'resumed elsewhere');
    for (const text of this.#replay.states()) this.send(text);
    this.#wake();
    this.#changed(this);
  }

  /** The socket closed: keeps everything for `grace` ms, then calls `end`. Returns false when another socket has taken over. */
  detach(socket: WebSocket, grace: number, end: () => void): boolean {
    if (this.#socket !== socket) return false;
    this.#socket = undefined;
    this.lostAt = performance.now();
    this.keep(grace, end);
    return true;
  }

  /** No socket is attached: calls `end` unless one is attached within the grace time; at once without any. */
  keep(grace: number, end: () => void): void {
    clearTimeout(this.#grace);
    if (grace === 0) end();
    else this.#grace = setTimeout(end, grace);
  }

  /** Ends the device for good. If it has a socket, that closes with `code`. */
  dispose(code: number = closeCodes.done.code, reason = ''): void {
    this.#ended = true;
    this.#gone?.abort();
    clearTimeout(this.#grace);
    this.#replay.close();
    this.answers.close();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(code, reason);
    this.#wake();
  }

  #wake(): void {
    for (const done of this.#waiting) done();
    this.#waiting.clear();
  }
}

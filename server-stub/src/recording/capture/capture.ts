import type { Socket } from 'node:dgram';
import { join } from 'node:path';
import { isRtcp, nack, pictureLoss, senderReports } from '../../media/receive/rtp.ts';
import { dumpFile, type Track } from '../journal.ts';
import { Dump } from './dump.ts';
import { Loss } from './loss.ts';

/** A key frame is asked for at most this often after a loss, and this often without one, so that nothing is unusable for long; in ms. */
const pliAfterLoss = 500;
const pliRegularly = 20_000;

type Captured = { track: Track; dump: Dump; loss: Loss; askedForKeyFrame: number };

/** Milliseconds since 1970 that never jump: the clock of the machine is read only once. */
export const now = (): number => performance.timeOrigin + performance.now();

/** Receives streams on a UDP socket and appends them to files, one each. */
export class Capture {
  readonly #socket: Socket;
  readonly #folder: string;
  readonly #tracks = new Map<string, Captured>();
  readonly #byNumber = new Map<number, Captured>();
  readonly #asking: NodeJS.Timeout;

  constructor(socket: Socket, folder: string) {
    this.#socket = socket;
    this.#folder = folder;
    socket.on('message', (packet, { port }) => this.#receive(packet, port));
    this.#asking = setInterval(() => this.#ask(), 50);
  }

  /** Bytes that wait to be written. */
  get held(): number {
    let held = 0;
    for (const { dump } of this.#byNumber.values()) held += dump.held;
    return held;
  }

  add(track: Track): void {
    const dump = new Dump(join(this.#folder, dumpFile(track.track)), now());
    const one = { track, dump, loss: new Loss(), askedForKeyFrame: 0 };
    this.#tracks.set(`${track.from} ${track.ssrc}`, one);
    this.#byNumber.set(track.track, one);
  }

  async remove(number: number): Promise<void> {
    const one = this.#byNumber.get(number);
    if (!one) return;
    this.#byNumber.delete(number);
    this.#tracks.delete(`${one.track.from} ${one.track.ssrc}`);
    await one.dump.close();
  }

  async write(): Promise<void> {
    await Promise.all([...this.#byNumber.values()].map(({ dump }) => dump.write()));
  }

  async sync(): Promise<void> {
    await Promise.all([...this.#byNumber.values()].map(({ dump }) => dump.sync()));
  }

  async close(): Promise<void> {
    clearInterval(this.#asking);
    this.#socket.close();
    const closed = await Promise.allSettled([...this.#byNumber.keys()].map((number) => this.remove(number)));
    for (const one of closed) if (one.status === 'rejected') throw one.reason;
  }

  #receive(packet: Buffer, port: number): void {
    if (packet.length < 12) return;
    const at = now();
    if (isRtcp(packet)) {
      for (const report of senderReports(packet))
        this.#tracks.get(`${port} ${report.ssrc}`)?.dump.add(report.packet, at, true);
      return;
    }
    const one = this.#tracks.get(`${port} ${packet.readUInt32BE(8)}`);
    if (!one) return;
    one.dump.add(packet, at, false);
    one.loss.seen(packet.readUInt16BE(2), at);
  }

  #ask(): void {
    const at = now();
    for (const one of this.#byNumber.values()) {
      const { track, loss } = one;
      if (track.mimeType === 'audio/opus') continue;
      const lost = loss.due(at);
      if (lost.length) this.#socket.send(nack(track.ssrc, lost), track.from, '127.0.0.1');
      if (at - one.askedForKeyFrame < (loss.isBroken ? pliAfterLoss : pliRegularly)) continue;
      one.askedForKeyFrame = at;
      loss.isBroken = false;
      this.#socket.send(pictureLoss(track.ssrc), track.from, '127.0.0.1');
    }
  }
}

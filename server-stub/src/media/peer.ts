import type { Source } from '@meetframe/contract/meeting';
import type { types } from 'mediasoup';
import type { Wish } from './subscriptions.ts';

/** A router of a meeting on one worker, and what was piped to it from the others. */
export type Lane = { router: types.Router; slot: object; piped: Map<string, Promise<unknown>>; peers: number };

export type Sink = (name: string, payload: object) => void;

/** The media side of one participant. */
export class Peer {
  readonly id: number;
  readonly emit: Sink;
  peerId = '';
  lane: Lane | undefined;
  capabilities: types.RtpCapabilities | undefined;
  send: types.WebRtcTransport | undefined;
  receive: types.WebRtcTransport | undefined;
  readonly producers = new Map<Source, types.Producer>();
  readonly consumers = new Map<
    string,
    { consumer: types.Consumer; clientId: number; source: Source; layer: number; priority: number; score: number }
  >();
  wish: Wish = { tiles: [] };
  closed = false;
  /** Reconciliations run one after the other; several wishes in the meantime become one. */
  running = false;
  again = false;
  readonly #poor = { upload: false, download: false };

  constructor(id: number, emit: Sink) {
    this.id = id;
    this.emit = emit;
  }

  /** One number for everything that is received: the mean of what flows. */
  received(consumerId: string, score: number): void {
    const held = this.consumers.get(consumerId);
    if (held) held.score = score;
    const flowing = [...this.consumers.values()]
      .filter(({ consumer }) => !consumer.paused && !consumer.producerPaused)
      .map((one) => one.score);
    if (flowing.length) this.quality('download', flowing.reduce((sum, one) => sum + one, 0) / flowing.length);
  }

  quality(direction: 'upload' | 'download', score: number): void {
    const poor = this.#poor[direction] ? score < 7 : score < 5;
    if (poor === this.#poor[direction]) return;
    this.#poor[direction] = poor;
    this.emit('media.quality', { direction, poor });
  }

  /** Closes transports, and with them everything that runs over them. */
  drop(): void {
    for (const producer of this.producers.values()) producer.close();
    this.producers.clear();
    this.consumers.clear();
    this.send?.close();
    this.receive?.close();
    this.send = this.receive = undefined;
    if (this.lane) this.lane.peers--;
    this.lane = undefined;
  }
}

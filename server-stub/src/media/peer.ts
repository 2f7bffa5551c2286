import type { Emit, WirePayload } from '@meetframe/contract/api';
import type { Source } from '@meetframe/contract/sfu';
import type { types } from 'mediasoup';
import type { Place } from './routers.ts';

/** The protocols by which a transport can be reached. UDP is preferred where both are enabled. */
export type Protocols = { udp: boolean; tcp: boolean };

/** The result of `media.open`: complete, or it does not exist. */
export type Opened = {
  peerId: string;
  place: Place;
  protocols: Protocols;
  capabilities: types.RtpCapabilities;
  send: types.WebRtcTransport;
  receive: types.WebRtcTransport;
};

export type Quality = WirePayload<'media.quality'>;

/** Quality becomes poor when the mean score falls below `bad`, and good again when it reaches `good`. */
const [bad, good] = [5, 7];

/** The media of one participant: its transports and its producers. */
export class Peer {
  readonly id: number;
  readonly emit: Emit;
  peerId = '';
  /** The router on which its transports are. */
  place: Place | undefined;
  protocols: Protocols | undefined;
  capabilities: types.RtpCapabilities | undefined;
  send: types.WebRtcTransport | undefined;
  receive: types.WebRtcTransport | undefined;
  readonly producers = new Map<Source, types.Producer>();
  /** The mediasoup score (0 to 10) of each producer, by the producer's id; see `watchUpload`. */
  readonly scores = new Map<string, number>();
  closed = false;
  /** Whether the client has begun to connect its transports. */
  isUsed = false;
  /** Counts openings and closings of the transports, so that an opening can tell that a later one has replaced it. */
  generation = 0;
  readonly #poor = { upload: false, download: false };
  readonly #onQuality: (quality: Quality) => void;

  constructor(id: number, emit: Emit, onQuality: (quality: Quality) => void) {
    this.id = id;
    this.emit = emit;
    this.#onQuality = onQuality;
  }

  use(opened: Opened): void {
    Object.assign(this, opened, { isUsed: false });
  }

  /** Its transports, if they use these protocols and the client has not begun to connect them. */
  unused({ udp, tcp }: Protocols): { send: types.WebRtcTransport; receive: types.WebRtcTransport } | undefined {
    const { send, receive, protocols, isUsed } = this;
    const isUnused = !isUsed && protocols?.udp === udp && protocols.tcp === tcp;
    return isUnused && send && receive && !send.closed && !receive.closed ? { send, receive } : undefined;
  }

  /**
   * Reports a change when the quality of the client's network path becomes poor or good.
   *
   * @param scores mediasoup's scores (0 to 10) of everything that flows in this direction now; an empty list counts as good
   */
  quality(direction: 'upload' | 'download', scores: readonly number[]): void {
    const mean = scores.length ? scores.reduce((sum, one) => sum + one, 0) / scores.length : 10;
    const poor = this.#poor[direction] ? mean < good : mean < bad;
    if (poor === this.#poor[direction]) return;
    this.#poor[direction] = poor;
    this.#onQuality({ direction, poor });
  }

  /** Closes both transports, and with them all producers and consumers on them. @returns the place on a router that is now free */
  drop(): Place | undefined {
    this.generation++;
    const { place } = this;
    this.place = undefined;
    for (const producer of this.producers.values()) producer.close();
    this.producers.clear();
    this.send?.close();
    this.receive?.close();
    this.send = this.receive = undefined;
    return place;
  }
}

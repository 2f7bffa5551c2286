import type { Emit, WirePayload } from '@meetframe/contract/api';
import type { Source } from '@meetframe/contract/sfu';
import type { types } from 'mediasoup';
import type { Place } from './routers.ts';

/** By which protocols a transport can be reached; UDP is preferred where both are on. */
export type Protocols = { udp: boolean; tcp: boolean };

/** What `media.open` makes, all or nothing. */
export type Opened = {
  peerId: string;
  place: Place;
  protocols: Protocols;
  capabilities: types.RtpCapabilities;
  send: types.WebRtcTransport;
  receive: types.WebRtcTransport;
};

export type Quality = WirePayload<'media.quality'>;

/** Below `bad` a path counts as poor, from `good` on as good again: what lies between changes nothing. */
const [bad, good] = [5, 7];

/** The media side of one participant: its transports and its producers. */
export class Peer {
  readonly id: number;
  readonly emit: Emit;
  peerId = '';
  /** The router of its transports. */
  place: Place | undefined;
  protocols: Protocols | undefined;
  capabilities: types.RtpCapabilities | undefined;
  send: types.WebRtcTransport | undefined;
  receive: types.WebRtcTransport | undefined;
  readonly producers = new Map<Source, types.Producer>();
  /** How well each producer arrives, by its id; see `watchUpload`. */
  readonly scores = new Map<string, number>();
  closed = false;
  /** Whether the client has begun to connect its transports. */
  isUsed = false;
  /** Counts the pairs of transports that were opened and closed, so that an opening that was overtaken can tell. */
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

  /** Its transports, if they have these protocols and the client has not begun to connect them. */
  unused({ udp, tcp }: Protocols): { send: types.WebRtcTransport; receive: types.WebRtcTransport } | undefined {
    const { send, receive, protocols, isUsed } = this;
    const isUnused = !isUsed && protocols?.udp === udp && protocols.tcp === tcp;
    return isUnused && send && receive && !send.closed && !receive.closed ? { send, receive } : undefined;
  }

  /**
   * Says when the client's path turns poor or good.
   *
   * @param scores mediasoup's, 0 to 10, of all that flows that way at the moment; nothing flowing counts as good
   */
  quality(direction: 'upload' | 'download', scores: readonly number[]): void {
    const mean = scores.length ? scores.reduce((sum, one) => sum + one, 0) / scores.length : 10;
    const poor = this.#poor[direction] ? mean < good : mean < bad;
    if (poor === this.#poor[direction]) return;
    this.#poor[direction] = poor;
    this.#onQuality({ direction, poor });
  }

  /** Closes transports, and with them everything that runs over them. @returns the place that has become free */
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

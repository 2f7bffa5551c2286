import type { Emit } from '@meetframe/contract/api';
import type { Source } from '@meetframe/contract/meeting';
import type { types } from 'mediasoup';
import type { Lane } from './lanes.ts';

export type Sink = Emit;

/** By which protocols a transport can be reached; UDP is preferred where both are on. */
export type Protocols = { udp: boolean; tcp: boolean };

/** What `media.open` makes, all or nothing. */
export type Opened = {
  peerId: string;
  lane: Lane;
  protocols: Protocols;
  capabilities: types.RtpCapabilities;
  send: types.WebRtcTransport;
  receive: types.WebRtcTransport;
};

/** Below `bad` a path counts as poor, from `good` on as mended: what lies between changes nothing. */
const [bad, good] = [5, 7];

/** The media side of one participant: its transports and what it sends. */
export class Peer {
  readonly id: number;
  readonly emit: Sink;
  peerId = '';
  lane: Lane | undefined;
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
  /** Counts openings and ends, so that an opening that was overtaken can tell. */
  turn = 0;
  readonly #poor = { upload: false, download: false };

  constructor(id: number, emit: Sink) {
    this.id = id;
    this.emit = emit;
  }

  take(opened: Opened): void {
    Object.assign(this, opened, { isUsed: false });
  }

  /** Its transports, if they are such as asked for and nobody has begun to connect them. */
  fresh({ udp, tcp }: Protocols): { send: types.WebRtcTransport; receive: types.WebRtcTransport } | undefined {
    const { send, receive, protocols, isUsed } = this;
    const isSuch = !isUsed && protocols?.udp === udp && protocols.tcp === tcp;
    return isSuch && send && receive && !send.closed && !receive.closed ? { send, receive } : undefined;
  }

  /**
   * Tells the client when its path turns poor or good.
   *
   * @param scores mediasoup's, 0 to 10, of whatever flows that way at the moment; nothing is no reason to complain
   */
  quality(direction: 'upload' | 'download', scores: readonly number[]): void {
    const mean = scores.length ? scores.reduce((sum, one) => sum + one, 0) / scores.length : 10;
    const poor = this.#poor[direction] ? mean < good : mean < bad;
    if (poor === this.#poor[direction]) return;
    this.#poor[direction] = poor;
    this.emit('media.quality', { direction, poor });
  }

  /** Closes transports, and with them everything that runs over them; answers the lane that has a place more. */
  drop(): Lane | undefined {
    this.turn++;
    const { lane } = this;
    this.lane = undefined;
    for (const producer of this.producers.values()) producer.close();
    this.producers.clear();
    this.send?.close();
    this.receive?.close();
    this.send = this.receive = undefined;
    return lane;
  }
}

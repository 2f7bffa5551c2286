import { randomBytes } from 'node:crypto';
import type { MediaSession, Source } from '@meetframe/contract/meeting';
import type { types } from 'mediasoup';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Lane, Lanes } from './lanes.ts';
import { type Opened, Peer, type Protocols, type Sink } from './peer.ts';
import { Reception } from './reception.ts';
import type { Sendable, Wish } from './subscriptions.ts';
import { watchUpload } from './upload.ts';
import { Voices } from './voices.ts';
import type { Workers } from './workers.ts';

const maxIncomingBitrate = 8_000_000;
/** With more people than this, key frames are asked for at most once a second for each producer. */
const crowd = 20;
/** A worker may die while transports are made on it; more often than this something else is wrong. */
const openings = 3;

/** All media of one meeting: who sends what, over which worker, and who receives it. */
export class RoomMedia {
  readonly #lanes: Lanes;
  readonly #voices: Voices;
  readonly #peers = new Map<number, Peer>();
  readonly #receptions = new Map<number, Reception>();
  readonly #parts: { log: Log } & ConstructorParameters<typeof Reception>[1];
  readonly #onChange: (id: number) => void;
  #closed = false;

  /** `onChange` is told of everybody who begins or stops sending something, for whatever reason. */
  constructor(workers: Workers, log: Log, onChange: (id: number) => void = () => undefined) {
    const sendable = () => this.#sendable();
    const bring = (lane: Lane, producerId: string, clientId: number) =>
      this.#lanes.bring(this.#peers.get(clientId)?.lane, lane, producerId);
    this.#onChange = onChange;
    this.#lanes = new Lanes(workers, (lane) => this.#lost(lane));
    this.#voices = new Voices({
      log,
      sendable,
      bring,
      changed: () => this.changed(),
      tell: (speakers) => {
        for (const peer of this.#peers.values()) peer.emit('meeting.speakers', speakers);
      },
    });
    const unsupported = (picture: Sendable) => this.#unsupported(picture);
    this.#parts = { log, sendable, bring, unsupported, audible: (all) => this.#voices.audible(all) };
  }

  add(id: number, emit: Sink): Peer {
    const peer = new Peer(id, emit);
    this.#peers.set(id, peer);
    this.#receptions.set(id, new Reception(peer, this.#parts));
    return peer;
  }

  remove(peer: Peer): void {
    peer.closed = true;
    this.#drop(peer);
    this.#peers.delete(peer.id);
    this.#receptions.delete(peer.id);
    this.#voices.forget(peer.id);
    this.changed();
  }

  /** Starts a peer's media from nothing, where it may have lost track of it. */
  reset(peer: Peer): void {
    if (!peer.lane) return;
    this.#drop(peer);
    peer.emit('media.reset', {});
    this.changed();
  }

  close(): void {
    this.#closed = true;
    this.#voices.close();
    this.#lanes.close();
  }

  /**
   * Both transports of a peer, instead of those that it had. A pair that nobody has begun to connect is given out again: a
   * client may ask twice, on entering and on mending its path, and then either answer is good.
   */
  async open(
    peer: Peer,
    capabilities: types.RtpCapabilities,
    protocols: Protocols,
  ): Promise<Pick<MediaSession, 'peerId' | 'send' | 'receive'>> {
    const fresh = peer.fresh(protocols);
    if (fresh) {
      peer.capabilities = capabilities;
      this.#receptions.get(peer.id)?.restart();
    } else {
      this.#drop(peer);
      peer.take(await this.#open(peer, peer.turn, capabilities, protocols));
      // After the answer, which carries the transports.
      setImmediate(() => this.#update(peer));
    }
    const { send, receive } = peer.fresh(protocols) ?? fail('CONFLICT', 'The media session was closed meanwhile.');
    const options = ({ id, iceParameters, iceCandidates, dtlsParameters }: types.WebRtcTransport) => ({
      id,
      iceParameters,
      iceCandidates,
      dtlsParameters,
    });
    return { peerId: peer.peerId, send: options(send), receive: options(receive) };
  }

  /** A transport by its id, for the client that is about to connect it or mend its path. */
  transport(peer: Peer, id: string): types.WebRtcTransport {
    const found =
      [peer.send, peer.receive].find((transport) => transport?.id === id) ??
      fail('NOT_FOUND', 'There is no such transport; open media anew.');
    peer.isUsed = true;
    return found;
  }

  async produce(
    peer: Peer,
    source: Source,
    kind: types.MediaKind,
    rtpParameters: types.RtpParameters,
    paused: boolean,
  ): Promise<types.Producer> {
    const transport = peer.send ?? fail('CONFLICT', 'Open media first.');
    if (kind !== (source === 'mic' || source === 'screenAudio' ? 'audio' : 'video'))
      fail('INVALID_ARGUMENT', `media.produce: kind does not fit ${source}.`, {
        field: 'kind',
        expected: 'the kind of the source',
      });
    peer.isUsed = true;
    peer.producers.get(source)?.close();
    const producer = await transport
      .produce({
        kind,
        rtpParameters,
        paused,
        keyFrameRequestDelay: this.#peers.size > crowd ? 1000 : 0,
        appData: { clientId: peer.id, source },
      })
      .catch((error: Error) =>
        transport.closed
          ? fail('CONFLICT', 'The transport was closed meanwhile; open media anew.')
          : fail('INVALID_ARGUMENT', `media.produce: rtpParameters: ${error.message}`, {
              field: 'rtpParameters',
              expected: 'what the router can take',
            }),
      );
    peer.producers.get(source)?.close();
    peer.producers.set(source, producer);
    producer.observer.once('close', () => {
      if (peer.producers.get(source) === producer) peer.producers.delete(source);
      this.#onChange(peer.id);
      this.changed();
    });
    watchUpload(peer, producer);
    if (source === 'mic' && peer.lane) void this.#voices.add(peer.lane, producer.id, peer.id);
    this.#onChange(peer.id);
    this.changed();
    return producer;
  }

  setWish(peer: Peer, wish: Wish): void {
    const reception = this.#receptions.get(peer.id);
    if (reception) reception.wish = wish;
  }

  async resume(peer: Peer, ids: readonly string[]): Promise<void> {
    await this.#receptions.get(peer.id)?.resume(ids);
  }

  /** Something about what people send changed: everybody's reception may have to. */
  changed(): void {
    if (this.#closed) return;
    for (const reception of this.#receptions.values()) reception.update();
  }

  /** Asks the sender for a codec that everybody can receive: once for each producer, however many cannot. */
  #unsupported({ clientId, source, producerId }: Sendable): void {
    const peer = this.#peers.get(clientId);
    const producer = peer?.producers.get(source);
    if (producer?.id !== producerId || producer.appData.isRefused) return;
    producer.appData.isRefused = true;
    peer?.emit('media.codecUnsupported', { source });
  }

  #update(peer: Peer): void {
    if (!this.#closed) this.#receptions.get(peer.id)?.update();
  }

  #drop(peer: Peer): void {
    this.#receptions.get(peer.id)?.clear();
    const lane = peer.drop();
    if (lane) this.#lanes.leave(lane);
  }

  #sendable(): Sendable[] {
    return [...this.#peers.values()].flatMap((peer) =>
      [...peer.producers]
        .filter(([, producer]) => !producer.closed)
        .map(([source, producer]) => ({ producerId: producer.id, clientId: peer.id, source, paused: producer.paused })),
    );
  }

  async #open(peer: Peer, turn: number, capabilities: types.RtpCapabilities, protocols: Protocols): Promise<Opened> {
    for (let attempt = 1; ; attempt++) {
      const lane = await this.#lanes.take();
      const make = () =>
        lane.router.createWebRtcTransport({
          webRtcServer: lane.slot.server,
          enableUdp: protocols.udp,
          enableTcp: protocols.tcp,
          preferUdp: protocols.udp,
          initialAvailableOutgoingBitrate: 1_200_000,
        });
      const made: types.WebRtcTransport[] = [];
      try {
        made.push(...(await Promise.all([make(), make()])));
        const [send, receive] = made as [types.WebRtcTransport, types.WebRtcTransport];
        await send.setMaxIncomingBitrate(maxIncomingBitrate);
        if (peer.turn !== turn) fail('CONFLICT', 'The media session was opened again, or closed, meanwhile.');
        return { peerId: randomBytes(8).toString('hex'), lane, protocols, capabilities, send, receive };
      } catch (error) {
        for (const transport of made) transport.close();
        this.#lanes.leave(lane);
        if (!lane.router.closed || attempt === openings || peer.turn !== turn) throw error;
      }
    }
  }

  /** A worker died: its people start anew on another, and somebody else listens to who speaks. */
  #lost(lane: Lane): void {
    for (const peer of this.#peers.values()) if (peer.lane === lane) this.reset(peer);
    if (!this.#voices.lost(lane)) return;
    for (const { lane: other, producers, id } of this.#peers.values()) {
      const mic = producers.get('mic');
      if (other && mic) void this.#voices.add(other, mic.id, id);
    }
  }
}

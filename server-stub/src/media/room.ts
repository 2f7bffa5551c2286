import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Emit } from '@meetframe/contract/api';
import type { MediaSession, Source } from '@meetframe/contract/sfu';
import type { types } from 'mediasoup';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Opened, Peer, type Protocols, type Quality } from './peer.ts';
import { Pipes } from './pipes.ts';
import { keyFramesApart, Producers, type RoomProducer } from './producers.ts';
import { Demand, topLayer } from './receive/demand.ts';
import type { Preferences } from './receive/preferences.ts';
import { Receivers } from './receive/receivers.ts';
import type { Target } from './receive/webrtc.ts';
import { type Place, Routers } from './routers.ts';
import { type ActiveSpeakers, Speakers } from './speakers.ts';
import { createTransports } from './transports.ts';
import { watchUpload } from './upload.ts';
import type { Workers } from './workers.ts';

/** With more peers than this, a producer is asked for a key frame at most once a second, otherwise every `keyFramesApart`. */
const manyPeers = 20;
/** How many attempts are made to open transports when the worker dies meanwhile; after that another fault is likely. */
const openings = 3;

export type RoomMediaOptions = {
  /** How long a pipe without consumers is kept, in ms. */
  closePipesAfter?: number;
  /** How long to wait before a consumer that could not be made is tried again, in ms. */
  retryAfter?: number;
  /** How long a layer of a video must be unwanted before its sender is told, in ms. */
  lowerAfter?: number;
};

/** The reason why mediasoup refused a producer, if its message is about the parameters. */
const reason = ({ name, message }: Error): string => (name === 'UnsupportedError' ? `: ${message}` : '');

/** Events of a meeting's media, for a recorder, a transcriber or the meeting. `speakers` comes at most four times a second. */
export type RoomMediaEvents = {
  producerAdded: [RoomProducer];
  producerPaused: [RoomProducer];
  producerResumed: [RoomProducer];
  producerClosed: [RoomProducer];
  speakers: [ActiveSpeakers];
  /** Participants were pinned, or are no longer; `pinned` says who is. */
  pinned: [];
  quality: [{ clientId: number } & Quality];
  closed: [];
};

/** All media of one meeting: its producers, the routers and workers that carry them, and the consumers of each participant. */
export class RoomMedia extends EventEmitter<RoomMediaEvents> {
  /** All producers that exist now: those announced by `producerAdded` and not yet by `producerClosed`. */
  readonly producers = new Producers();
  readonly #log: Log;
  readonly #routers: Routers;
  readonly #pipes: Pipes;
  readonly #speakers: Speakers;
  /** Two of them have the same id while a participant takes over an older seat. */
  readonly #peers = new Set<Peer>();
  readonly #receivers: Receivers;
  readonly #demand: Demand;
  #closed = false;

  constructor(
    workers: Workers,
    log: Log,
    { closePipesAfter = 5000, retryAfter = 1000, lowerAfter = 5000 }: RoomMediaOptions = {},
  ) {
    super();
    this.#demand = new Demand({
      lowerAfter,
      tell: (one, maxLayer) => this.#senderOf(one)?.emit('media.layers', { producerId: one.producer.id, maxLayer }),
    });
    this.#log = log;
    this.#routers = new Routers(workers, (place) => this.#lost(place));
    this.#pipes = new Pipes(closePipesAfter);
    this.#speakers = new Speakers({
      log,
      producers: this.producers,
      loudestChanged: () => this.#receivers.updateAudible(),
      tell: (speakers) => this.#say('speakers', speakers),
    });
    this.#receivers = new Receivers({
      log,
      retryAfter,
      producers: this.producers,
      loudest: () => this.#speakers.loudest,
      consume: async (source, to, options) => {
        const consumer = await this.consume(source, to, options);
        if (!consumer) this.#askOtherCodec(source);
        return consumer;
      },
      wantLayer: (producerId, consumerId, layer) => this.#demand.want(producerId, consumerId, layer),
    });
  }

  add(id: number, emit: Emit): Peer {
    const peer = new Peer(id, emit, (quality) => {
      emit('media.quality', quality);
      this.#say('quality', { clientId: id, ...quality });
    });
    this.#peers.add(peer);
    this.#receivers.add(peer);
    return peer;
  }

  remove(peer: Peer): void {
    peer.closed = true;
    this.#drop(peer);
    this.#peers.delete(peer);
    this.#repinned(() => this.#receivers.remove(peer));
    this.#speakers.forget(peer.id);
  }

  /** Closes all media of a peer, which may have lost track of it, so that it opens media again. */
  reset(peer: Peer): void {
    if (!peer.place) return;
    this.#drop(peer);
    peer.emit('media.reset', {});
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#demand.close();
    this.#speakers.close();
    this.#pipes.close();
    this.#routers.close();
    this.#receivers.close();
    this.#say('closed');
  }

  /**
   * Opens both transports of a peer and closes its previous ones. A pair that the client has not begun to connect is returned again:
   * a client may ask twice, on entering and on restoring its connection, and then both answers must be valid.
   */
  async open(
    peer: Peer,
    capabilities: types.RtpCapabilities,
    protocols: Protocols,
  ): Promise<Pick<MediaSession, 'peerId' | 'send' | 'receive'>> {
    if (peer.unused(protocols)) {
      peer.capabilities = capabilities;
      this.#receivers.of(peer)?.restart();
    } else {
      this.#drop(peer);
      peer.use(await this.#open(peer, peer.generation, capabilities, protocols));
      // Offer consumers only after the answer, because it carries the transports.
      setImmediate(() => this.#receivers.of(peer)?.update());
    }
    const { send, receive } = peer.unused(protocols) ?? fail('CONFLICT', 'The media session was closed meanwhile.');
    const options = ({ id, iceParameters, iceCandidates, dtlsParameters }: types.WebRtcTransport) => ({
      id,
      iceParameters,
      iceCandidates,
      dtlsParameters,
    });
    return { peerId: peer.peerId, send: options(send), receive: options(receive) };
  }

  /** A transport of the peer by its id, to be connected or to have its ICE restarted. */
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
    { kind, rtpParameters, paused }: Pick<types.ProducerOptions, 'kind' | 'rtpParameters' | 'paused'>,
  ): Promise<types.Producer> {
    const { send: transport, place } = peer;
    if (!transport || !place) return fail('CONFLICT', 'Open media first.');
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
        ...(paused === undefined ? {} : { paused }),
        keyFrameRequestDelay: this.#peers.size > manyPeers ? 1000 : keyFramesApart,
        appData: { clientId: peer.id, source },
      })
      .catch((error: Error) =>
        transport.closed
          ? fail('CONFLICT', 'The transport was closed meanwhile; open media anew.')
          : fail(
              'INVALID_ARGUMENT',
              `media.produce: rtpParameters should be parameters that the router supports${reason(error)}.`,
              {
                field: 'rtpParameters',
                expected: 'parameters that the router supports',
              },
            ),
      );
    peer.producers.get(source)?.close();
    if (!producer.closed) this.#added(peer, { producer, clientId: peer.id, source, router: place.router });
    return producer;
  }

  /**
   * Consumes a producer over any transport on any router of the meeting: directly on its home router, or over a pipe that exists
   * while it has consumers.
   *
   * The sender sends the layer of a video that `preferredLayers` names, all layers without it.
   *
   * @returns `undefined` when the capabilities lack the codec
   */
  async consume(
    source: RoomProducer,
    { router, transport }: Target,
    options: Omit<types.ConsumerOptions, 'producerId'>,
  ): Promise<types.Consumer | undefined> {
    const producerId = source.producer.id;
    const release = await this.#pipes.use(source, router);
    try {
      if (!router.canConsume({ producerId, rtpCapabilities: options.rtpCapabilities })) {
        release();
        return undefined;
      }
      const consumer = await transport.consume({ ...options, producerId });
      // If the transport or the producer closed in the meantime, it did not close this consumer.
      if (transport.closed || source.producer.closed) consumer.close();
      const closed = (): void => {
        this.#demand.want(producerId, consumer.id, undefined);
        release();
      };
      this.#demand.want(producerId, consumer.id, options.preferredLayers?.spatialLayer ?? topLayer);
      consumer.observer.once('close', closed);
      if (consumer.closed) closed();
      return consumer;
    } catch (error) {
      release();
      throw error;
    }
  }

  setPreferences(peer: Peer, preferences: Preferences): void {
    this.#repinned(() => this.#receivers.setPreferences(peer, preferences));
  }

  /** Client ids of the pinned participants, those pinned by most participants first. */
  get pinned(): readonly number[] {
    return this.#receivers.pinned;
  }

  #repinned(change: () => void): void {
    const before = this.pinned.join();
    change();
    if (this.pinned.join() !== before) this.#say('pinned');
  }

  async resume(peer: Peer, ids: readonly string[]): Promise<void> {
    await this.#receivers.of(peer)?.resume(ids);
  }

  /** Calls all listeners. A listener that throws affects neither the caller nor the other listeners. */
  #say<Name extends keyof RoomMediaEvents>(name: Name, ...payload: RoomMediaEvents[Name]): void {
    for (const listener of this.rawListeners(name) as ((...all: unknown[]) => void)[]) {
      try {
        listener.apply(this, payload);
      } catch (error) {
        this.#log.error({ err: error, event: name }, 'a listener of the media failed');
      }
    }
  }

  #added(peer: Peer, one: RoomProducer): void {
    const { producer, source } = one;
    peer.producers.set(source, producer);
    this.producers.add(one);
    this.#demand.add(one);
    producer.observer.once('close', () => {
      if (peer.producers.get(source) === producer) peer.producers.delete(source);
      this.producers.remove(one);
      this.#demand.remove(one);
      this.#receivers.producerChanged(one);
      this.#say('producerClosed', one);
    });
    const pauseChanged = (event: 'producerPaused' | 'producerResumed') => () => {
      this.producers.pauseChanged(one);
      if (source === 'mic') this.#receivers.producerChanged(one);
      this.#say(event, one);
    };
    producer.observer.on('pause', pauseChanged('producerPaused'));
    producer.observer.on('resume', pauseChanged('producerResumed'));
    watchUpload(peer, producer);
    if (source === 'mic') void this.#speakers.add(one);
    this.#receivers.producerChanged(one);
    this.#say('producerAdded', one);
  }

  /** Asks the sender for a codec that every participant can receive: once for each producer, however many receivers lack its codec. */
  #askOtherCodec(one: RoomProducer): void {
    const { source, producer } = one;
    if (producer.closed || producer.appData.isRefused) return;
    producer.appData.isRefused = true;
    this.#senderOf(one)?.emit('media.codecUnsupported', { source });
  }

  #senderOf({ source, producer }: RoomProducer): Peer | undefined {
    for (const peer of this.#peers) if (peer.producers.get(source) === producer) return peer;
    return undefined;
  }

  #drop(peer: Peer): void {
    this.#receivers.of(peer)?.clear();
    const place = peer.drop();
    if (place) this.#routers.leave(place);
  }

  async #open(
    peer: Peer,
    generation: number,
    capabilities: types.RtpCapabilities,
    protocols: Protocols,
  ): Promise<Opened> {
    for (let attempt = 1; ; attempt++) {
      const place = await this.#routers.join();
      try {
        const transports = await createTransports(place, protocols);
        if (peer.generation === generation)
          return { peerId: randomBytes(8).toString('hex'), place, protocols, capabilities, ...transports };
        transports.send.close();
        transports.receive.close();
        fail('CONFLICT', 'The media session was opened again, or closed, meanwhile.');
      } catch (error) {
        this.#routers.leave(place);
        if (!place.router.closed || attempt === openings || peer.generation !== generation) throw error;
      }
    }
  }

  /** A worker died: its peers open media again on another one. */
  #lost(place: Place): void {
    for (const peer of this.#peers) if (peer.place === place) this.reset(peer);
  }
}

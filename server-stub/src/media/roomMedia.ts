import { randomBytes } from 'node:crypto';
import type { MediaSession, Source } from '@meetframe/contract/meeting';
import type { types } from 'mediasoup';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Lane, Peer, type Sink } from './peer.ts';
import { reconcile, type Sendable, type Wish } from './subscriptions.ts';
import type { Workers } from './workers.ts';

/** So many voices are kept ready; where there are no more microphones, everybody is. */
const warmVoices = 8;
/** A further router, on another worker, is opened for every so many people. */
const peersPerLane = 60;
const maxIncomingBitrate = 8_000_000;

type Watch = { level: types.AudioLevelObserver; floor: types.ActiveSpeakerObserver };

/** All media of one meeting: routers, transports, and who receives what. */
export class RoomMedia {
  readonly #workers: Workers;
  readonly #log: Log;
  readonly #lanes: Lane[] = [];
  readonly #peers = new Map<number, Peer>();
  #newLane: Promise<Lane> | undefined;
  #watch: { lane: Lane; ready: Promise<Watch> } | undefined;
  #warm: number[] = [];
  #speakers = { active: null as number | null, speakers: [] as { clientId: number; volume: number }[] };
  #told = '';
  #telling: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(workers: Workers, log: Log) {
    this.#workers = workers;
    this.#log = log;
  }

  add(id: number, emit: Sink): Peer {
    const peer = new Peer(id, emit);
    this.#peers.set(id, peer);
    return peer;
  }

  remove(peer: Peer): void {
    peer.closed = true;
    peer.drop();
    this.#peers.delete(peer.id);
    this.#warm = this.#warm.filter((id) => id !== peer.id);
    this.#updateAll();
  }

  /** Starts a peer's media from nothing, where it may have lost track of it. */
  reset(peer: Peer): void {
    if (!peer.lane) return;
    peer.drop();
    peer.emit('media.reset', {});
    this.#updateAll();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#telling);
    for (const lane of this.#lanes) lane.router.close();
  }

  async open(
    peer: Peer,
    capabilities: types.RtpCapabilities,
    tcp: boolean,
  ): Promise<Pick<MediaSession, 'peerId' | 'send' | 'receive'>> {
    peer.drop();
    const lane = await this.#laneFor();
    lane.peers++;
    peer.lane = lane;
    const slot = lane.slot as { server: types.WebRtcServer };
    const make = () =>
      lane.router.createWebRtcTransport({
        webRtcServer: slot.server,
        enableUdp: !tcp,
        enableTcp: true,
        preferUdp: !tcp,
        initialAvailableOutgoingBitrate: 1_200_000,
      });
    const [send, receive] = await Promise.all([make(), make()]);
    if (peer.closed || peer.lane !== lane) {
      send.close();
      receive.close();
      return fail('CONFLICT', 'The media session was opened again, or closed, meanwhile.');
    }
    await send.setMaxIncomingBitrate(maxIncomingBitrate);
    Object.assign(peer, { send, receive, capabilities, peerId: randomBytes(8).toString('hex') });
    setImmediate(() => this.update(peer));
    const options = ({ id, iceParameters, iceCandidates, dtlsParameters }: types.WebRtcTransport) => ({
      id,
      iceParameters,
      iceCandidates,
      dtlsParameters,
    });
    return { peerId: peer.peerId, send: options(send), receive: options(receive) };
  }

  transport(peer: Peer, id: string): types.WebRtcTransport {
    return (
      [peer.send, peer.receive].find((transport) => transport?.id === id) ??
      fail('NOT_FOUND', 'There is no such transport; open media anew.')
    );
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
    peer.producers.get(source)?.close();
    const producer = await transport
      .produce({
        kind,
        rtpParameters,
        paused,
        keyFrameRequestDelay: this.#peers.size > 20 ? 1000 : 0,
        appData: { clientId: peer.id, source },
      })
      .catch((error: Error) =>
        fail('INVALID_ARGUMENT', `media.produce: rtpParameters: ${error.message}`, {
          field: 'rtpParameters',
          expected: 'what the router can take',
        }),
      );
    peer.producers.get(source)?.close();
    peer.producers.set(source, producer);
    producer.observer.once('close', () => {
      if (peer.producers.get(source) === producer) peer.producers.delete(source);
      this.#updateAll();
    });
    producer.on('score', (scores) => {
      const best = Math.max(0, ...scores.map(({ score }) => score));
      if (!producer.paused && best > 0) peer.quality('upload', best);
    });
    if (source === 'mic')
      this.#listen(peer, producer).catch((error) => this.#log.warn({ err: error }, 'a voice is not watched'));
    this.#updateAll();
    return producer;
  }

  setWish(peer: Peer, wish: Wish): void {
    peer.wish = wish;
    this.update(peer);
  }

  async resume(peer: Peer, ids: readonly string[]): Promise<void> {
    await Promise.all(
      ids.map((id) =>
        peer.consumers
          .get(id)
          ?.consumer.resume()
          .catch(() => undefined),
      ),
    );
  }

  /** Something about what people send changed: everybody's reception may have to. */
  changed(): void {
    this.#updateAll();
  }

  #updateAll(): void {
    if (this.#closed) return;
    for (const peer of this.#peers.values()) this.update(peer);
  }

  /** Brings what a peer receives in line with what it wishes. */
  update(peer: Peer): void {
    if (peer.running) {
      peer.again = true;
      return;
    }
    peer.running = true;
    // A turn later, so that changes that come together are one.
    setImmediate(async () => {
      try {
        do {
          peer.again = false;
          await this.#reconcile(peer);
        } while (peer.again);
      } catch (error) {
        if (!peer.closed && !this.#closed) this.#log.warn({ err: error }, 'reception could not be brought up to date');
      } finally {
        peer.running = false;
      }
    });
  }

  #sendable(): Sendable[] {
    return [...this.#peers.values()].flatMap((peer) =>
      [...peer.producers]
        .filter(([, producer]) => !producer.closed)
        .map(([source, producer]) => ({ producerId: producer.id, clientId: peer.id, source, paused: producer.paused })),
    );
  }

  #heard(sendable: Sendable[]): Set<number> {
    const voices = sendable.filter(({ source }) => source === 'mic');
    if (voices.length <= warmVoices) return new Set(voices.map(({ clientId }) => clientId));
    const open = voices.filter(({ paused }) => !paused).map(({ clientId }) => clientId);
    const warm = this.#warm.filter((id) => open.includes(id));
    return new Set([...warm, ...open.filter((id) => !warm.includes(id))].slice(0, warmVoices));
  }

  async #reconcile(peer: Peer): Promise<void> {
    const { receive, capabilities, lane } = peer;
    if (peer.closed || this.#closed || !receive || receive.closed || !capabilities || !lane) return;
    const sendable = this.#sendable();
    const existing = [...peer.consumers].map(([consumerId, { consumer }]) => ({
      consumerId,
      producerId: consumer.producerId,
    }));
    const plan = reconcile(peer.id, peer.wish, sendable, this.#heard(sendable), existing);

    for (const consumerId of plan.close) peer.consumers.get(consumerId)?.consumer.close();
    for (const consumerId of plan.close) peer.consumers.delete(consumerId);
    if (plan.close.length) peer.emit('media.consumersClosed', { consumerIds: plan.close });

    await Promise.all(
      plan.keep.map(async ({ consumerId, layer, priority }) => {
        const held = peer.consumers.get(consumerId);
        if (held?.consumer.kind !== 'video' || held.consumer.closed) return;
        try {
          if (held.layer !== layer && held.consumer.type !== 'simple') {
            await held.consumer.setPreferredLayers({ spatialLayer: layer });
          }
          if (held.priority !== priority) await held.consumer.setPriority(priority);
        } catch (error) {
          this.#log.debug({ err: error }, 'a consumer went away before it was changed');
        }
        Object.assign(held, { layer, priority });
      }),
    );

    const made = await Promise.all(
      plan.create.map(async (want) => {
        try {
          await this.#bring(lane, want.producerId, want.clientId);
          if (!lane.router.canConsume({ producerId: want.producerId, rtpCapabilities: capabilities })) return undefined;
          const consumer = await receive.consume({
            producerId: want.producerId,
            rtpCapabilities: capabilities,
            paused: true,
            ignoreDtx: want.source === 'mic',
          });
          if (consumer.kind === 'video') {
            if (consumer.type !== 'simple') await consumer.setPreferredLayers({ spatialLayer: want.layer });
            await consumer.setPriority(want.priority);
          }
          return { consumer, ...want };
        } catch (error) {
          this.#log.debug({ err: error }, 'a producer went away before it was consumed');
          return undefined;
        }
      }),
    );
    const consumers = made
      .filter((entry) => entry !== undefined && !entry.consumer.closed)
      .map((entry) => entry as NonNullable<typeof entry>);
    if (!consumers.length || peer.closed || peer.receive !== receive) return;
    for (const { consumer, clientId, source, layer, priority } of consumers) {
      peer.consumers.set(consumer.id, { consumer, clientId, source, layer, priority, score: 10 });
      consumer.once('producerclose', () => {
        if (peer.consumers.delete(consumer.id)) peer.emit('media.consumersClosed', { consumerIds: [consumer.id] });
      });
      consumer.on('producerpause', () => peer.emit('media.consumerPaused', { consumerId: consumer.id, paused: true }));
      consumer.on('producerresume', () =>
        peer.emit('media.consumerPaused', { consumerId: consumer.id, paused: false }),
      );
      consumer.on('score', ({ score }) => {
        if (!consumer.paused && !consumer.producerPaused && score > 0) peer.received(consumer.id, score);
      });
    }
    peer.emit('media.consumers', {
      consumers: consumers.map(({ consumer, clientId, source }) => ({
        id: consumer.id,
        producerId: consumer.producerId,
        clientId,
        source,
        kind: consumer.kind,
        rtpParameters: consumer.rtpParameters,
        producerPaused: consumer.producerPaused,
      })),
    });
  }

  /** Sees to it that a producer can be consumed on a lane: it has the same id there. */
  async #bring(lane: Lane, producerId: string, clientId: number): Promise<void> {
    const home = this.#peers.get(clientId)?.lane;
    if (!home || home === lane) return;
    let pipe = lane.piped.get(producerId);
    if (!pipe) {
      pipe = home.router.pipeToRouter({ producerId, router: lane.router }).then(({ pipeProducer }) => {
        pipeProducer?.observer.once('close', () => lane.piped.delete(producerId));
      });
      lane.piped.set(producerId, pipe);
      pipe.catch(() => lane.piped.delete(producerId));
    }
    await pipe;
  }

  async #laneFor(): Promise<Lane> {
    const roomiest = this.#lanes.toSorted((a, b) => a.peers - b.peers)[0];
    if (roomiest && (roomiest.peers < peersPerLane || this.#lanes.length >= this.#workers.size)) return roomiest;
    this.#newLane ??= this.#makeLane().finally(() => {
      this.#newLane = undefined;
    });
    return await this.#newLane;
  }

  async #makeLane(): Promise<Lane> {
    const { router, slot } = await this.#workers.createRouter(new Set(this.#lanes.map((lane) => lane.slot as never)));
    const lane: Lane = { router, slot, piped: new Map(), peers: 0 };
    if (this.#closed) router.close();
    this.#lanes.push(lane);
    router.on('workerclose', () => {
      this.#lanes.splice(this.#lanes.indexOf(lane), 1);
      if (this.#watch?.lane === lane) this.#watch = undefined;
      if (this.#closed) return;
      for (const peer of this.#peers.values()) {
        if (peer.lane !== lane) continue;
        peer.drop();
        peer.emit('media.reset', {});
      }
    });
    return lane;
  }

  async #listen(peer: Peer, producer: types.Producer): Promise<void> {
    const lane = this.#watch?.lane ?? peer.lane;
    if (!lane) return;
    this.#watch ??= { lane, ready: this.#makeWatch(lane) };
    const { level, floor } = await this.#watch.ready;
    await this.#bring(lane, producer.id, peer.id);
    if (producer.closed) return;
    await Promise.all([level.addProducer({ producerId: producer.id }), floor.addProducer({ producerId: producer.id })]);
  }

  async #makeWatch({ router }: Lane): Promise<Watch> {
    const level = await router.createAudioLevelObserver({ maxEntries: warmVoices, threshold: -60, interval: 300 });
    const floor = await router.createActiveSpeakerObserver({ interval: 300 });
    const owner = (id: string) => this.#sendable().find(({ producerId }) => producerId === id)?.clientId;
    level.on('volumes', (volumes) => {
      const speakers = volumes.flatMap(({ producer, volume }) => {
        const clientId = owner(producer.id);
        return clientId === undefined ? [] : [{ clientId, volume }];
      });
      const before = this.#warm.slice(0, warmVoices).join();
      this.#warm = [...new Set([...speakers.map(({ clientId }) => clientId), ...this.#warm])].slice(0, 64);
      this.#speakers = { ...this.#speakers, speakers };
      if (
        this.#sendable().filter(({ source }) => source === 'mic').length > warmVoices &&
        before !== this.#warm.slice(0, warmVoices).join()
      )
        this.#updateAll();
      this.#tell();
    });
    level.on('silence', () => {
      this.#speakers = { active: null, speakers: [] };
      this.#tell();
    });
    floor.on('dominantspeaker', ({ producer }) => {
      this.#speakers = { ...this.#speakers, active: owner(producer.id) ?? null };
      this.#tell();
    });
    return { level, floor };
  }

  /** At most four a second, and only what differs: volumes in steps of 5 dB. */
  #tell(): void {
    if (this.#telling || this.#closed) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      const { active, speakers } = this.#speakers;
      const state = {
        active,
        speakers: speakers.map(({ clientId, volume }) => ({ clientId, volume: Math.round(volume / 5) * 5 })),
      };
      const text = JSON.stringify(state);
      if (text === this.#told) return;
      this.#told = text;
      for (const peer of this.#peers.values()) peer.emit('meeting.speakers', state);
    }, 250);
  }
}

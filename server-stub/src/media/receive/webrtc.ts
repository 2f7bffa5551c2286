import type { Source } from '@meetframe/contract/sfu';
import type { types } from 'mediasoup';
import type { Log } from '../../log.ts';
import { Steady } from '../../throttle/steady.ts';
import type { Peer } from '../peer.ts';
import { keyFramesApart, type RoomProducer } from '../producers.ts';
import { type Plan, type Receivable, reconcile } from './plan.ts';
import type { Preferences } from './preferences.ts';

/** When to check for the first layer of a video, in milliseconds after it was requested; after one second mediasoup checks by itself. */
const looks = [80, 240, 560];

type Held = {
  consumer: types.Consumer;
  clientId: number;
  source: Source;
  layer: number;
  priority: number;
  /** True once the preferred layer can be set: with simulcast when the smallest layer flows, never for a video without layers. */
  hasBegun: boolean;
  score: number;
  /** Whether its producer is paused, as the client was told. */
  toldPaused: boolean;
};
/** Where a consumer is made: a transport of any kind, and its router. */
export type Target = { router: types.Router; transport: types.Transport };
export type WebRtcReceiverParts = {
  log: Log;
  /** What a participant with these preferences could receive, in the order in which it should be offered. */
  receivable(preferences: Preferences): Receivable[];
  /** Client ids of the microphones that every participant receives. */
  audible(): ReadonlySet<number>;
  producer(id: string): RoomProducer | undefined;
  /** Returns `undefined` when the receiver lacks the codec; see `RoomMedia.consume`. */
  consume(source: RoomProducer, to: Target, options: Omit<types.ConsumerOptions, 'producerId'>): Promise<Consumed>;
  /** A consumer of a video wants another layer of its producer now. */
  wantLayer(producerId: string, consumerId: string, layer: number): void;
  /** How long to wait before a consumer that could not be made is tried again, in ms. */
  retryAfter: number;
};
type Consumed = types.Consumer | undefined;

/** The consumers of one participant, kept up to date with its preferences and with the producers of the meeting. */
export class WebRtcReceiver {
  readonly #peer: Peer;
  readonly #parts: WebRtcReceiverParts;
  readonly #held = new Map<string, Held>();
  /** Limits messages about paused producers to a few a second, however often a participant toggles. */
  readonly #steady = new Steady<string>();
  #preferences: Preferences = { tiles: [] };
  /** Updates run one after the other. Changes that come during an update are handled by one further update. */
  #running = false;
  #again = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(peer: Peer, parts: WebRtcReceiverParts) {
    this.#peer = peer;
    this.#parts = parts;
  }

  set preferences(preferences: Preferences) {
    this.#preferences = preferences;
    this.update();
  }

  /** Forgets all consumers, because their transport has closed or is about to close. */
  clear(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#steady.close();
    this.#held.clear();
  }

  /** Offers all consumers again, because the client may have forgotten what it was offered. */
  restart(): void {
    this.#drop([...this.#held.keys()]);
    this.update();
  }

  /** Resumes consumers that the client has acknowledged; ids of consumers that no longer exist are ignored. */
  async resume(ids: readonly string[]): Promise<void> {
    await Promise.all(
      ids.map((id) =>
        this.#held
          .get(id)
          ?.consumer.resume()
          .catch(() => undefined),
      ),
    );
  }

  /** Updates the consumers in the next round of the event loop, so that changes that come together are handled by one update. */
  update(): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    setImmediate(async () => {
      try {
        do {
          this.#again = false;
          await this.#reconcile();
        } while (this.#again);
      } catch (error) {
        if (!this.#peer.closed)
          this.#parts.log.warn({ err: error }, 'the consumers of a participant could not be updated');
      } finally {
        this.#running = false;
      }
    });
  }

  async #reconcile(): Promise<void> {
    const { closed, receive, capabilities, place } = this.#peer;
    if (closed || !receive || receive.closed || !capabilities || !place) return;
    const existing = [...this.#held].map(([consumerId, { consumer }]) => ({
      consumerId,
      producerId: consumer.producerId,
    }));
    const preferences = this.#preferences;
    const receivable = this.#parts.receivable(preferences);
    const plan = reconcile(this.#peer.id, preferences, receivable, this.#parts.audible(), existing);
    this.#drop(plan.close);
    await Promise.all(plan.keep.map((setting) => this.#adjust(setting)));
    const to = { router: place.router, transport: receive };
    const made = await Promise.all(plan.create.map((want) => this.#make(want, to, capabilities)));
    if (this.#peer.receive === receive && !this.#peer.closed)
      this.#offer(
        receive.id,
        made.filter((held) => held !== undefined).filter(({ consumer }) => !consumer.closed),
      );
  }

  #drop(ids: string[]): void {
    for (const id of ids) this.#held.get(id)?.consumer.close();
    for (const id of ids) this.#held.delete(id);
    if (!ids.length) return;
    this.#peer.emit('media.consumersClosed', { consumerIds: ids });
    this.#rate();
  }

  async #adjust({ consumerId, layer, priority }: Plan['keep'][number]): Promise<void> {
    const held = this.#held.get(consumerId);
    if (held?.consumer.kind !== 'video' || held.consumer.closed) return;
    const isOther = held.layer !== layer;
    if (isOther) this.#parts.wantLayer(held.consumer.producerId, consumerId, layer);
    held.layer = layer;
    if (isOther && held.hasBegun) await this.#prefer(held);
    try {
      if (held.priority !== priority) await held.consumer.setPriority(priority);
    } catch (error) {
      this.#parts.log.debug({ err: error }, 'a consumer closed before it could be changed');
    }
    held.priority = priority;
  }

  async #make(
    { producerId, clientId, source, layer, priority }: Plan['create'][number],
    to: Target,
    rtpCapabilities: types.RtpCapabilities,
  ): Promise<Held | undefined> {
    const wanted = this.#parts.producer(producerId);
    if (!wanted) return undefined;
    try {
      // Begin a simulcast video with its smallest layer: with little upload bandwidth the sender may not send a larger one after all,
      // and mediasoup would wait seconds for it.
      const climbs = wanted.producer.type === 'simulcast';
      const preferredLayers = { spatialLayer: climbs ? 0 : layer };
      const options = { rtpCapabilities, paused: true, ignoreDtx: source === 'mic', preferredLayers };
      const consumer = await this.#parts.consume(wanted, to, options);
      if (!consumer) return undefined;
      const hasBegun = consumer.type === 'svc';
      const held: Held = { consumer, clientId, source, layer, priority, hasBegun, score: 10, toldPaused: false };
      if (consumer.kind === 'video') await consumer.setPriority(priority);
      if (climbs) {
        this.#parts.wantLayer(producerId, consumer.id, layer);
        this.#climb(held);
      }
      return held;
    } catch (error) {
      this.#parts.log.debug({ err: error }, 'a consumer could not be made');
      if (!wanted.producer.closed && !to.transport.closed) this.#tryAgain();
      return undefined;
    }
  }

  /** Goes on to the layer that is wanted once the smallest one flows. */
  #climb(held: Held): void {
    const { consumer } = held;
    let timer: NodeJS.Timeout | undefined;
    consumer.once('layerschange', () => {
      // Browsers ignore a request for a key frame right after another one.
      timer = setTimeout(() => {
        held.hasBegun = true;
        void this.#prefer(held);
      }, keyFramesApart).unref();
    });
    consumer.observer.once('resume', () => this.#chooseAgain(consumer));
    consumer.observer.once('close', () => clearTimeout(timer));
  }

  /**
   * mediasoup chooses no layer of a video as long as no frame of the lowest temporal layer has arrived, and checks again only after a
   * second. This makes it check sooner, because it checks whenever the preferred layers change.
   */
  #chooseAgain(consumer: types.Consumer): void {
    const timers = looks.map((after, index) =>
      setTimeout(() => {
        if (consumer.currentLayers || consumer.paused || consumer.producerPaused) return;
        const temporalLayer = index % 2 === 0 ? 1 : 2;
        consumer.setPreferredLayers({ spatialLayer: 0, temporalLayer }).catch(() => undefined);
      }, after).unref(),
    );
    consumer.observer.once('close', () => timers.forEach(clearTimeout));
  }

  async #prefer({ consumer, layer }: Held): Promise<void> {
    await consumer.setPreferredLayers({ spatialLayer: layer }).catch((error) => {
      this.#parts.log.debug({ err: error }, 'a consumer closed before its layer could be changed');
    });
  }

  #tryAgain(): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      this.update();
    }, this.#parts.retryAfter).unref();
  }

  #offer(transportId: string, made: Held[]): void {
    if (!made.length) return;
    const peer = this.#peer;
    for (const held of made) {
      const { consumer } = held;
      const { id: consumerId } = consumer;
      this.#held.set(consumerId, held);
      held.toldPaused = consumer.producerPaused;
      consumer.once('producerclose', () => {
        if (!this.#held.delete(consumerId)) return;
        peer.emit('media.consumersClosed', { consumerIds: [consumerId] });
        this.#rate();
      });
      const tellPaused = (): void => {
        const { producerPaused: paused } = consumer;
        if (paused === held.toldPaused || this.#held.get(consumerId) !== held) return;
        held.toldPaused = paused;
        peer.emit('media.consumerPaused', { consumerId, paused });
        this.#rate();
      };
      for (const event of ['producerpause', 'producerresume'] as const)
        consumer.on(event, () => this.#steady.call(consumerId, tellPaused));
      consumer.on('score', ({ score }) => {
        held.score = score;
        this.#rate();
      });
    }
    peer.emit('media.consumers', {
      transportId,
      consumers: made.map(({ consumer, clientId, source }) => ({
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

  #rate(): void {
    const flowing = [...this.#held.values()].filter(({ consumer }) => !consumer.paused && !consumer.producerPaused);
    this.#peer.quality(
      'download',
      flowing.map(({ score }) => score),
    );
  }
}

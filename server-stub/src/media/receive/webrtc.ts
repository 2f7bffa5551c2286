import type { Source } from '@meetframe/contract/meeting';
import type { types } from 'mediasoup';
import type { Log } from '../log.ts';
import type { Lane } from './lanes.ts';
import type { Peer } from './peer.ts';
import { type Plan, reconcile, type Sendable, type Wish } from './subscriptions.ts';

type Held = {
  consumer: types.Consumer;
  clientId: number;
  source: Source;
  layer: number;
  priority: number;
  score: number;
};
type Parts = {
  log: Log;
  sendable(): Sendable[];
  audible(sendable: readonly Sendable[]): ReadonlySet<number>;
  bring(lane: Lane, producerId: string, clientId: number): Promise<void>;
  /** A receiver lacks the codec of somebody's picture. */
  unsupported(picture: Sendable): void;
};

/** What one peer receives, kept in line with what it wishes and with what the others send. */
export class Reception {
  readonly #peer: Peer;
  readonly #parts: Parts;
  readonly #held = new Map<string, Held>();
  #wish: Wish = { tiles: [] };
  /** Reconciliations run one after the other; several changes in the meantime become one. */
  #running = false;
  #again = false;

  constructor(peer: Peer, parts: Parts) {
    this.#peer = peer;
    this.#parts = parts;
  }

  set wish(wish: Wish) {
    this.#wish = wish;
    this.update();
  }

  /** Forgets all consumers; their transport has closed, or will. */
  clear(): void {
    this.#held.clear();
  }

  /** Offers everything anew, to a client that may have forgotten what it was offered. */
  restart(): void {
    this.#drop([...this.#held.keys()]);
    this.update();
  }

  /** Lets acknowledged consumers flow; ids that are gone meanwhile are passed over. */
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

  /** Works out the difference between what is and what should be, a turn later: changes that come together are one. */
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
        if (!this.#peer.closed) this.#parts.log.warn({ err: error }, 'reception could not be brought up to date');
      } finally {
        this.#running = false;
      }
    });
  }

  async #reconcile(): Promise<void> {
    const { closed, receive, capabilities, lane } = this.#peer;
    if (closed || !receive || receive.closed || !capabilities || !lane) return;
    const sendable = this.#parts.sendable();
    const existing = [...this.#held].map(([consumerId, { consumer }]) => ({
      consumerId,
      producerId: consumer.producerId,
    }));
    const plan = reconcile(this.#peer.id, this.#wish, sendable, this.#parts.audible(sendable), existing);
    this.#drop(plan.close);
    await Promise.all(plan.keep.map((setting) => this.#adjust(setting)));
    const made = await Promise.all(plan.create.map((want) => this.#make(want, { receive, capabilities, lane })));
    if (this.#peer.receive === receive && !this.#peer.closed)
      this.#offer(made.filter((held) => held !== undefined && !held.consumer.closed) as Held[]);
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
    try {
      if (held.layer !== layer && held.consumer.type !== 'simple')
        await held.consumer.setPreferredLayers({ spatialLayer: layer });
      if (held.priority !== priority) await held.consumer.setPriority(priority);
    } catch (error) {
      this.#parts.log.debug({ err: error }, 'a consumer went away before it was changed');
    }
    Object.assign(held, { layer, priority });
  }

  async #make(
    want: Plan['create'][number],
    to: { receive: types.WebRtcTransport; capabilities: types.RtpCapabilities; lane: Lane },
  ): Promise<Held | undefined> {
    const { producerId, clientId, source, layer, priority } = want;
    try {
      await this.#parts.bring(to.lane, producerId, clientId);
      if (!to.lane.router.canConsume({ producerId, rtpCapabilities: to.capabilities })) {
        this.#parts.unsupported(want);
        return undefined;
      }
      const consumer = await to.receive.consume({
        producerId,
        rtpCapabilities: to.capabilities,
        paused: true,
        ignoreDtx: source === 'mic',
      });
      if (consumer.kind === 'video') {
        if (consumer.type !== 'simple') await consumer.setPreferredLayers({ spatialLayer: layer });
        await consumer.setPriority(priority);
      }
      return { consumer, clientId, source, layer, priority, score: 10 };
    } catch (error) {
      this.#parts.log.debug({ err: error }, 'a producer went away before it was consumed');
      return undefined;
    }
  }

  #offer(made: Held[]): void {
    if (!made.length) return;
    const peer = this.#peer;
    for (const held of made) {
      const { consumer } = held;
      const { id: consumerId } = consumer;
      this.#held.set(consumerId, held);
      consumer.once('producerclose', () => {
        if (!this.#held.delete(consumerId)) return;
        peer.emit('media.consumersClosed', { consumerIds: [consumerId] });
        this.#rate();
      });
      const onPaused = (paused: boolean): void => {
        peer.emit('media.consumerPaused', { consumerId, paused });
        this.#rate();
      };
      consumer.on('producerpause', () => onPaused(true));
      consumer.on('producerresume', () => onPaused(false));
      consumer.on('score', ({ score }) => {
        held.score = score;
        this.#rate();
      });
    }
    peer.emit('media.consumers', {
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

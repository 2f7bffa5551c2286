import { Steady } from '../../throttle/steady.ts';
import { chooseAudible } from '../audible.ts';
import type { Peer } from '../peer.ts';
import type { Producers, RoomProducer } from '../producers.ts';
import type { Receivable } from './plan.ts';
import { type Preferences, Viewers, visibleTiles } from './preferences.ts';
import { WebRtcReceiver, type WebRtcReceiverParts } from './webrtc.ts';

type Parts = Pick<WebRtcReceiverParts, 'log' | 'retryAfter' | 'consume' | 'wantLayer'> & {
  producers: Producers;
  /** Client ids of the active speakers. */
  loudest(): Iterable<number>;
};

/** The consumers of all peers of a meeting. A change updates only the receivers that it concerns. */
export class Receivers {
  readonly #parts: Parts;
  readonly #receiving: WebRtcReceiverParts;
  readonly #receivers = new Map<Peer, WebRtcReceiver>();
  readonly #viewers = new Viewers<WebRtcReceiver>();
  /** Limits updates for producers that are added and closed repeatedly: each would cost every receiver a negotiation. */
  readonly #steady = new Steady<string>();
  /** Limits updates for changed preferences. The gap is shorter: they concern one receiver only, and turning pages should feel quick. */
  readonly #steadyPreferences = new Steady<Peer>(100);
  /** The microphones that every participant receives, by client id. */
  #audible: ReadonlyMap<number, RoomProducer> = new Map();
  #audibleIds: ReadonlySet<number> = new Set();
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#receiving = {
      ...parts,
      receivable: (preferences) => this.#receivable(preferences),
      audible: () => this.#audibleIds,
      producer: (id) => parts.producers.byId(id),
    };
  }

  /** Client ids of the pinned participants, those pinned by most receivers first. */
  get pinned(): number[] {
    return this.#viewers.pinned;
  }

  add(peer: Peer): void {
    this.#receivers.set(peer, new WebRtcReceiver(peer, this.#receiving));
  }

  of(peer: Peer): WebRtcReceiver | undefined {
    return this.#receivers.get(peer);
  }

  remove(peer: Peer): void {
    const receiver = this.of(peer);
    if (receiver) this.#viewers.delete(receiver);
    this.#receivers.delete(peer);
    this.#steadyPreferences.forget(peer);
  }

  setPreferences(peer: Peer, preferences: Preferences): void {
    const receiver = this.of(peer);
    if (!receiver) return;
    this.#viewers.set(receiver, preferences);
    this.#steadyPreferences.call(peer, () => {
      receiver.preferences = preferences;
    });
  }

  /** A producer was added or closed, or a microphone was paused or resumed. When a producer closes, mediasoup closes its consumers at once. */
  producerChanged(one: RoomProducer): void {
    this.#steady.call(`${one.source} ${one.clientId}`, () => this.#producerChanged(one));
  }

  #producerChanged({ source, clientId }: RoomProducer): void {
    if (source === 'mic') this.updateAudible();
    else if (source === 'screenAudio') this.#update(this.#receivers.values());
    else this.#update(this.#viewers.of(clientId, source));
  }

  /** Microphones were added, closed, muted or unmuted, or the loudest speakers changed. */
  updateAudible(): void {
    const before = this.#audible;
    const now = chooseAudible(this.#parts.producers, this.#parts.loudest(), before);
    this.#audible = now;
    this.#audibleIds = new Set(now.keys());
    // When a producer closes, mediasoup closes its consumers.
    const differs =
      [...now].some(([id, one]) => before.get(id) !== one) ||
      [...before].some(([id, one]) => !one.producer.closed && now.get(id) !== one);
    if (differs) this.#update(this.#receivers.values());
  }

  close(): void {
    this.#closed = true;
    this.#steady.close();
    this.#steadyPreferences.close();
    for (const receiver of this.#receivers.values()) receiver.clear();
  }

  #update(receivers: Iterable<WebRtcReceiver>): void {
    if (!this.#closed) for (const receiver of receivers) receiver.update();
  }

  #receivable(preferences: Preferences): Receivable[] {
    const { producers } = this.#parts;
    const videos = visibleTiles(preferences).flatMap(
      ({ clientId, source }) => producers.bySource(clientId, source) ?? [],
    );
    return [...this.#audible.values(), ...producers.screenSounds, ...videos].map(({ producer, clientId, source }) => ({
      producerId: producer.id,
      clientId,
      source,
    }));
  }
}

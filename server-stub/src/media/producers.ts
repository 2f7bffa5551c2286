import type { Source } from '@meetframe/contract/sfu';
import type { types } from 'mediasoup';

/** A producer with the participant that sends it. On `router`, its home router, it can be consumed without a pipe. */
export type RoomProducer = { producer: types.Producer; clientId: number; source: Source; router: types.Router };

/**
 * How far apart key frames are asked for, in milliseconds. Browsers ignore a second request within 300 ms, which would be repeated
 * after a second only: a participant who entered at that moment would see no video for so long.
 */
export const keyFramesApart = 350;

const key = (clientId: number, source: Source): string => `${clientId} ${source}`;

/** All producers of a meeting, indexed with each change, so that no request has to search for one. */
export class Producers {
  readonly #byId = new Map<string, RoomProducer>();
  readonly #bySource = new Map<string, RoomProducer>();
  readonly #microphones = new Map<number, RoomProducer>();
  readonly #openMicrophones = new Map<number, RoomProducer>();
  readonly #screenSounds = new Set<RoomProducer>();

  get microphones(): ReadonlyMap<number, RoomProducer> {
    return this.#microphones;
  }

  /** The microphones that are not paused, by client id, in the order in which they were opened. */
  get openMicrophones(): ReadonlyMap<number, RoomProducer> {
    return this.#openMicrophones;
  }

  get screenSounds(): ReadonlySet<RoomProducer> {
    return this.#screenSounds;
  }

  all(): Iterable<RoomProducer> {
    return this.#byId.values();
  }

  byId(id: string): RoomProducer | undefined {
    return this.#byId.get(id);
  }

  bySource(clientId: number, source: Source): RoomProducer | undefined {
    return this.#bySource.get(key(clientId, source));
  }

  add(one: RoomProducer): void {
    this.#byId.set(one.producer.id, one);
    this.#bySource.set(key(one.clientId, one.source), one);
    if (one.source === 'screenAudio') this.#screenSounds.add(one);
    if (one.source !== 'mic') return;
    this.#microphones.set(one.clientId, one);
    this.pauseChanged(one);
  }

  pauseChanged(one: RoomProducer): void {
    if (this.#microphones.get(one.clientId) !== one) return;
    if (one.producer.paused) this.#openMicrophones.delete(one.clientId);
    else this.#openMicrophones.set(one.clientId, one);
  }

  remove(one: RoomProducer): void {
    this.#byId.delete(one.producer.id);
    this.#screenSounds.delete(one);
    if (this.#bySource.get(key(one.clientId, one.source)) === one) this.#bySource.delete(key(one.clientId, one.source));
    if (this.#microphones.get(one.clientId) !== one) return;
    this.#microphones.delete(one.clientId);
    this.#openMicrophones.delete(one.clientId);
  }
}

import type { types } from 'mediasoup';
import { fail } from '../errors.ts';
import type { MediaWorker, Workers } from './workers.ts';

/** How many peers a router takes before another one is opened, on another worker. */
const peersPerRouter = 60;

/** A router of a meeting, its worker, and how many peers have their transports on it. */
export type Place = { readonly router: types.Router; readonly on: MediaWorker; peers: number };

/** The routers of one meeting: a large one spans several workers, with one router on each. */
export class Routers {
  readonly #workers: Workers;
  readonly #onLost: (place: Place) => void;
  readonly #places: Place[] = [];
  #making: Promise<void> | undefined;
  #closed = false;

  /** `onLost` is called with a router whose worker died, after everything on the router has closed. */
  constructor(workers: Workers, onLost: (place: Place) => void) {
    this.#workers = workers;
    this.#onLost = onLost;
  }

  /** Reserves a place for one more peer, on the least loaded worker whose router has room. `leave` frees it. */
  async join(): Promise<Place> {
    for (;;) {
      if (this.#closed) fail('CONFLICT', 'The meeting is over.');
      const place = this.#choose();
      if (place) {
        place.peers++;
        this.#workers.joined(place.on);
        return place;
      }
      this.#making ??= this.#make().finally(() => {
        this.#making = undefined;
      });
      await this.#making;
    }
  }

  leave(place: Place): void {
    place.peers--;
  }

  close(): void {
    this.#closed = true;
    for (const { router } of this.#places) router.close();
  }

  #choose(): Place | undefined {
    const withRoom = this.#places.filter(({ peers }) => peers < peersPerRouter);
    if (!withRoom.length && this.#places.length < this.#workers.size) return undefined;
    const candidates = withRoom.length ? withRoom : this.#places;
    return this.#workers.leastLoaded(candidates.toSorted((a, b) => a.peers - b.peers));
  }

  async #make(): Promise<void> {
    const made = await this.#workers.createRouter(new Set(this.#places.map(({ on }) => on)));
    if (!made) return;
    const { router, on } = made;
    if (this.#closed) return router.close();
    const place: Place = { router, on, peers: 0 };
    this.#places.push(place);
    router.on('workerclose', () => {
      this.#places.splice(this.#places.indexOf(place), 1);
      if (!this.#closed) this.#onLost(place);
    });
  }
}

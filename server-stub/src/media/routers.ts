import type { types } from 'mediasoup';
import { fail } from '../errors.ts';
import type { Slot, Workers } from './workers.ts';

/** A further router, on another worker, is opened for every so many people. */
const peersPerLane = 60;

/** A router of a meeting on one worker, and what was piped to it from the others. */
export type Lane = { router: types.Router; slot: Slot; piped: Map<string, Promise<unknown>>; peers: number };

/** The routers of one meeting: a large one spans several workers. */
export class Lanes {
  readonly #workers: Workers;
  readonly #onLost: (lane: Lane) => void;
  readonly #lanes: Lane[] = [];
  #making: Promise<void> | undefined;
  #closed = false;

  /** `onLost` is told of a lane whose worker died; everything on it is closed by then. */
  constructor(workers: Workers, onLost: (lane: Lane) => void) {
    this.#workers = workers;
    this.#onLost = onLost;
  }

  /** The lane with most room, for one more peer; `leave` gives the place back. */
  async take(): Promise<Lane> {
    for (;;) {
      if (this.#closed) fail('CONFLICT', 'The meeting is over.');
      const roomiest = this.#lanes.toSorted((a, b) => a.peers - b.peers)[0];
      if (roomiest && (roomiest.peers < peersPerLane || this.#lanes.length >= this.#workers.size)) {
        roomiest.peers++;
        return roomiest;
      }
      this.#making ??= this.#make().finally(() => {
        this.#making = undefined;
      });
      await this.#making;
    }
  }

  leave(lane: Lane): void {
    lane.peers--;
  }

  /** Sees to it that a producer that lives on `home` can be consumed on `lane`: it has the same id there. */
  async bring(home: Lane | undefined, lane: Lane, producerId: string): Promise<void> {
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

  close(): void {
    this.#closed = true;
    for (const lane of this.#lanes) lane.router.close();
  }

  async #make(): Promise<void> {
    const { router, slot } = await this.#workers.createRouter(new Set(this.#lanes.map((lane) => lane.slot)));
    if (this.#closed) return router.close();
    const lane: Lane = { router, slot, piped: new Map(), peers: 0 };
    this.#lanes.push(lane);
    router.on('workerclose', () => {
      this.#lanes.splice(this.#lanes.indexOf(lane), 1);
      if (!this.#closed) this.#onLost(lane);
    });
  }
}

import { wire } from '@meetframe/contract/wire';

/** What is kept of one device in case that it comes back. */
export type Keeper = {
  readonly bytes: number;
  /** Gives up the older half of its bytes. */
  halve(): void;
};

/** All that a node keeps for devices that may come back. When it gets too much, those give up that keep most. */
export class KeptTotal {
  bytes = 0;
  readonly #bound: number;
  readonly #keepers = new Set<Keeper>();

  constructor(bound: number = wire.keptInAll) {
    this.#bound = bound;
  }

  join(keeper: Keeper): void {
    this.#keepers.add(keeper);
  }

  leave(keeper: Keeper): void {
    this.#keepers.delete(keeper);
  }

  /** So many bytes more, or less, are kept. */
  change(bytes: number): void {
    this.bytes += bytes;
    if (bytes > 0 && this.bytes > this.#bound) this.#makeRoom();
  }

  /** Somewhat more than is needed, so that the next event does not begin all over again. */
  #makeRoom(): void {
    const enough = (this.#bound * 7) / 8;
    while (this.bytes > enough) {
      const largest = [...this.#keepers].filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
      const most = largest[0]?.bytes;
      if (most === undefined) return;
      for (const keeper of largest) {
        // By now those that were halved keep more.
        if (this.bytes <= enough || keeper.bytes < most / 2) break;
        keeper.halve();
      }
    }
  }
}

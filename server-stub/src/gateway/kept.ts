import { wire } from '@meetframe/contract/wire';

/** Events or answers that are kept for one device in case it resumes. */
export type Keeper = {
  readonly bytes: number;
  /** Drops the older half of its bytes. */
  halve(): void;
};

/** The bytes that a node keeps for all devices that may resume. Above the limit, the devices that keep most drop some. */
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

  /** Reports that `bytes` more (or fewer, if negative) are kept. */
  change(bytes: number): void {
    this.bytes += bytes;
    if (bytes > 0 && this.bytes > this.#bound) this.#makeRoom();
  }

  /** Frees more than necessary, so that the next event does not exceed the limit again. */
  #makeRoom(): void {
    const enough = (this.#bound * 7) / 8;
    while (this.bytes > enough) {
      const largest = [...this.#keepers].filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
      const most = largest[0]?.bytes;
      if (most === undefined) return;
      for (const keeper of largest) {
        // Keepers halved in this round may be larger than the rest; then sort again.
        if (this.bytes <= enough || keeper.bytes < most / 2) break;
        keeper.halve();
      }
    }
  }
}

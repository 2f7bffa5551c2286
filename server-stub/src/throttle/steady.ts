/** Shortest time between two messages about a thing that changes repeatedly, in ms. */
const usualGap = 250;

/**
 * Limits messages about a thing that changes repeatedly, by default to four a second: the first change is sent at once, then the last
 * state when the gap is over. Each key, such as a consumer, has its own gap.
 */
export class Steady<Key> {
  readonly #gap: number;
  /** The call to make when the gap of a key ends. */
  readonly #waiting = new Map<Key, (() => void) | undefined>();
  readonly #timers = new Map<Key, NodeJS.Timeout>();

  constructor(gap = usualGap) {
    this.#gap = gap;
  }

  /** Calls `tell` at once, or when the gap of the key ends; of several calls within a gap the last one counts. */
  call(key: Key, tell: () => void): void {
    if (this.#timers.has(key)) {
      this.#waiting.set(key, tell);
      return;
    }
    this.#begin(key);
    tell();
  }

  forget(key: Key): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#waiting.delete(key);
  }

  close(): void {
    for (const key of [...this.#timers.keys()]) this.forget(key);
  }

  #begin(key: Key): void {
    this.#timers.set(
      key,
      setTimeout(() => {
        const tell = this.#waiting.get(key);
        this.forget(key);
        if (!tell) return;
        this.#begin(key);
        tell();
      }, this.#gap).unref(),
    );
  }
}

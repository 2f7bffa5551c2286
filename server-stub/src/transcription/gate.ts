/** A packet is loud from this level on, in dBov. */
const loud = -50;
/** Of so many packets … */
const looked = 3;
/** … so many must be loud for speech to begin. */
const needed = 2;
/** How many packets before the first loud one belong to the speech, because the beginning of a word is quiet. */
const lookBack = 15;
/** How long speech goes on after the last loud packet, in ms. */
const hangOver = 700;

/** Tells speech from silence by the levels of the packets (RFC 6464), without decoding them. */
export class Gate<P> {
  readonly #kept: P[] = [];
  #recent: boolean[] = [];
  #loudAt = Number.NEGATIVE_INFINITY;
  #isOpen = false;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Takes a packet. Returns the packets that belong to speech, this one and those before it; none in silence. */
  take(packet: P, level: number, now: number): P[] {
    const isLoud = level >= loud;
    if (isLoud) this.#loudAt = now;
    if (this.#isOpen) return [packet];
    this.#kept.push(packet);
    if (this.#kept.length > lookBack) this.#kept.shift();
    this.#recent = [...this.#recent, isLoud].slice(-looked);
    if (this.#recent.filter(Boolean).length < needed) return [];
    this.#isOpen = true;
    this.#recent = [];
    return this.#kept.splice(0);
  }

  /** True when speech has ended since the last call. Packets may have stopped, as they do in silence (DTX). */
  closes(now: number): boolean {
    if (!this.#isOpen || now - this.#loudAt < hangOver) return false;
    this.#isOpen = false;
    return true;
  }
}

import { distance } from '../../media/receive/rtp.ts';

/** How long a lost packet is asked for, in ms: as long as the router keeps packets. */
const giveUpAfter = 2000;
const askEvery = 100;
/** A larger jump of the sequence numbers is no loss but another beginning. */
const largestGap = 1000;

/** Which packets of a stream are missing. */
export class Loss {
  #last: number | undefined;
  readonly #missing = new Map<number, { since: number; asked: number }>();
  /** True when a packet was given up. The caller sets it to false after it has requested a key frame. */
  isBroken = false;

  seen(sequence: number, now: number): void {
    if (this.#missing.delete(sequence)) return;
    if (this.#last === undefined) {
      this.#last = sequence;
      return;
    }
    const step = distance(this.#last, sequence, 16);
    if (step <= 0) return;
    if (step > largestGap) {
      this.#missing.clear();
      this.isBroken = true;
    } else {
      for (let lost = 1; lost < step; lost++)
        this.#missing.set((this.#last + lost) & 0xffff, { since: now, asked: Number.NEGATIVE_INFINITY });
    }
    this.#last = sequence;
  }

  /** The packets to ask for now, in the order in which they were lost. Those that are missing for too long are given up. */
  due(now: number): number[] {
    const due: number[] = [];
    for (const [sequence, one] of this.#missing) {
      if (now - one.since > giveUpAfter) {
        this.#missing.delete(sequence);
        this.isBroken = true;
      } else if (now - one.asked >= askEvery) {
        one.asked = now;
        due.push(sequence);
      }
    }
    return due;
  }
}

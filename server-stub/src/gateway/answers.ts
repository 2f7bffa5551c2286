import { wire } from '@meetframe/contract/wire';
import type { Keeper, KeptTotal } from './kept.ts';

export type RequestId = string | number;

/** The state of a request that was received before. `dropped`: it was answered, but the answer was too large to be kept. */
type Known = { state: 'under way' } | { state: 'answered'; text: string } | { state: 'dropped' };

const sizeOf = (known: Known | undefined): number => (known?.state === 'answered' ? known.text.length * 2 : 0);

/** Answers by request id, so that a request that is sent again after a resume is not carried out twice. */
export class Answers implements Keeper {
  bytes = 0;
  readonly #known = new Map<RequestId, Known>();
  readonly #total: KeptTotal;
  readonly #bounds: { answers: number; bytes: number };

  constructor(
    total: KeptTotal,
    bounds = { answers: wire.keptAnswers as number, bytes: wire.keptAnswerBytes as number },
  ) {
    this.#total = total;
    this.#bounds = bounds;
    total.join(this);
  }

  /** The state of this request, if it was received before. A new one answers `undefined` and counts as under way. */
  begin(id: RequestId): Known | undefined {
    const known = this.#known.get(id);
    if (!known) this.#known.set(id, { state: 'under way' });
    return known;
  }

  /** Stores the answer of a request. Without a text the request is forgotten: it changed nothing and can be carried out again. */
  end(id: RequestId, text?: string): void {
    if (!this.#known.delete(id) || text === undefined) return;
    this.#known.set(id, { state: 'answered', text });
    this.#change(text.length * 2);
    for (const [old, known] of this.#known) {
      if (this.#known.size <= this.#bounds.answers) break;
      if (known.state === 'under way') continue;
      this.#known.delete(old);
      this.#change(-sizeOf(known));
    }
    this.#dropDownTo(this.#bounds.bytes);
  }

  halve(): void {
    this.#dropDownTo(this.bytes / 2);
  }

  /** Drops all answers, because the device will not resume. */
  close(): void {
    this.#change(-this.bytes);
    this.#known.clear();
    this.#total.leave(this);
  }

  #dropDownTo(bytes: number): void {
    for (const [id, known] of this.#known) {
      if (this.bytes <= bytes) return;
      if (known.state !== 'answered') continue;
      this.#known.set(id, { state: 'dropped' });
      this.#change(-sizeOf(known));
    }
  }

  #change(bytes: number): void {
    this.bytes += bytes;
    this.#total.change(bytes);
  }
}

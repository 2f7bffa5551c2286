import type { LossReason } from '@meetframe/contract/beans';
import { type Context, type Engine, EngineError, type Hearing, perMs, sampleRate } from './engines/engine.ts';

/** How much audio is kept to be sent again when the engine fails, in samples. */
const keptMost = 20 * sampleRate;
/** How often an utterance is sent to the engine. */
const attempts = 3;
/** Longest sentence that is taken from an engine, in characters. */
const longestText = 2000;

/** The results of an utterance. Times are milliseconds since its beginning. */
export type Outcome = {
  /** The sentence that begins at `start`, as far as it was understood. */
  interim(text: string, start: number): void;
  /** The sentence is finished. An empty text takes an interim one back. */
  final(text: string, span: { start: number; end: number }): void;
  lost(span: { start: number; end: number }, reason: LossReason): void;
  /** The engine failed. The utterance is sent again, or `lost` follows. */
  troubled(error: EngineError): void;
  /** The last call. */
  over(): void;
};

export type Patience = {
  /** How long the engine may take for the rest after the end of an utterance, in ms. */
  answerWithin: number;
  /** How long to wait before the second attempt, in ms; twice as long before the third. */
  retryAfter: number;
};

const plain = (text: unknown): string =>
  typeof text === 'string'
    ? text
        .replace(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, longestText)
    : '';

/**
 * Sends one utterance to the engine, and again when the engine fails. Nothing here waits for the engine, the kept audio is bounded, and
 * `over` always comes: after `answerWithin` at the latest.
 */
export class Utterance {
  readonly #engine: Engine;
  readonly #context: Context;
  readonly #patience: Patience;
  readonly #outcome: Outcome;
  #hearing: Hearing | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #isEnded = false;
  #isOver = false;
  /** Audio that has no final result yet, and the sample at which it begins. */
  #kept: Int16Array[] = [];
  #keptFrom = 0;
  #samples = 0;
  /** Up to here the engine has answered, in ms. */
  #answered = 0;
  #hasInterim = false;

  constructor(engine: Engine, context: Context, patience: Patience, outcome: Outcome) {
    this.#engine = engine;
    this.#context = context;
    this.#patience = patience;
    this.#outcome = outcome;
    this.#try();
  }

  /** Milliseconds that were pushed. */
  get duration(): number {
    return this.#samples / perMs;
  }

  push(samples: Int16Array): void {
    if (this.#isOver || this.#isEnded) return;
    this.#samples += samples.length;
    this.#kept.push(samples);
    while (this.#samples - this.#keptFrom > keptMost) this.#keptFrom += this.#kept.shift()?.length ?? 0;
    this.#hearing?.push(samples);
  }

  end(): void {
    if (this.#isOver || this.#isEnded) return;
    this.#isEnded = true;
    if (this.#hearing) this.#awaitRest(this.#hearing);
  }

  #try(): void {
    this.#attempt++;
    const offset = this.#keptFrom / perMs;
    const isCurrent = () => this.#hearing === hearing && !this.#isOver;
    // An engine may call before `open` has returned, so its calls are carried out afterwards.
    const later =
      <A extends unknown[]>(act: (...args: A) => void) =>
      (...args: A) =>
        queueMicrotask(() => {
          if (isCurrent()) act(...args);
        });
    const hearing = this.#engine.open(this.#context, {
      interim: later((text) => this.#interim(plain(text))),
      final: later((text, span) =>
        this.#final(plain(text), span && { start: span.start + offset, end: span.end + offset }),
      ),
      done: later(() => this.#finish()),
      failed: later((error) => this.#failed(error)),
    });
    this.#hearing = hearing;
    for (const samples of this.#kept) hearing.push(samples);
    if (this.#isEnded) this.#awaitRest(hearing);
  }

  #awaitRest(hearing: Hearing): void {
    hearing.end();
    clearTimeout(this.#timer);
    const late = new EngineError(
      'slow',
      `The rest of an utterance did not come within ${this.#patience.answerWithin} ms.`,
    );
    this.#timer = setTimeout(() => this.#failed(late), this.#patience.answerWithin).unref();
  }

  #interim(text: string): void {
    if (text === '') return;
    this.#hasInterim = true;
    this.#outcome.interim(text, this.#answered);
  }

  #final(text: string, span: { start: number; end: number } | undefined): void {
    const now = this.duration;
    const within = (time: number) => Math.min(Math.max(time, this.#answered), now);
    const start = span && Number.isFinite(span.start) ? within(span.start) : this.#answered;
    const end = span && Number.isFinite(span.end) ? Math.max(within(span.end), start) : now;
    if (text !== '' || this.#hasInterim) this.#outcome.final(text, { start, end });
    this.#hasInterim = false;
    this.#answered = end;
    while (this.#kept[0] && this.#keptFrom + this.#kept[0].length <= end * perMs)
      this.#keptFrom += this.#kept.shift()?.length ?? 0;
  }

  #failed(error: EngineError): void {
    const { reason } = error;
    this.#hearing?.close();
    this.#hearing = undefined;
    clearTimeout(this.#timer);
    this.#outcome.troubled(error);
    // An engine that is too slow is not helped by the same work once more.
    if (reason === 'slow' || this.#attempt >= attempts) this.#giveUp(reason);
    else {
      const wait = this.#patience.retryAfter * this.#attempt * (0.5 + Math.random());
      this.#timer = setTimeout(() => this.#try(), wait).unref();
    }
  }

  #giveUp(reason: LossReason): void {
    if (this.duration > this.#answered) this.#outcome.lost({ start: this.#answered, end: this.duration }, reason);
    this.#leave();
  }

  #finish(): void {
    // The engine heard nothing else: an interim text that no final one replaced is taken back.
    if (this.#hasInterim) this.#outcome.final('', { start: this.#answered, end: this.duration });
    this.#leave();
  }

  #leave(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#hearing?.close();
    this.#hearing = undefined;
    this.#kept = [];
    this.#outcome.over();
  }
}

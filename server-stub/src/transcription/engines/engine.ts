import type { LossReason } from '@meetframe/contract/beans';

/** Samples a second of the audio that engines get: 16-bit, one channel. */
export const sampleRate = 16_000;
/** The same in samples a millisecond. */
export const perMs = sampleRate / 1000;

export class EngineError extends Error {
  readonly reason: LossReason;

  constructor(reason: LossReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What an engine says about an utterance. Times are milliseconds since the first sample of the utterance. */
export type Listener = {
  /** What was understood so far of the sentence that is being spoken: the whole of it, not only what is new. */
  interim(text: string): void;
  /** A finished sentence. It replaces the interim text. Without times it began where the sentence before ended. */
  final(text: string, span?: { start: number; end: number }): void;
  /** Everything that was pushed before `end` is transcribed. Nothing follows. */
  done(): void;
  /** The utterance failed. Nothing follows. */
  failed(error: EngineError): void;
};

/** One utterance: a participant speaks without a long pause. Neither method throws or waits. */
export type Hearing = {
  push(samples: Int16Array): void;
  /** The utterance is over; `done` follows. */
  end(): void;
  /** Gives the utterance up. No call of the listener follows. */
  close(): void;
};

export type Context = {
  /** Words that are likely to be said: names of the participants and of the meeting. */
  hotWords: readonly string[];
};

/** A speech engine. It keeps no state of a meeting, and each utterance stands for itself. */
export type Engine = {
  readonly name: string;
  /** How long an utterance may be at most, in ms; a longer one is cut. */
  readonly longest: number;
  open(context: Context, listener: Listener): Hearing;
  close(): void;
};

import type { Author, LossReason } from '@meetframe/contract/beans';
import type { Context, Engine, EngineError } from './engines/engine.ts';
import type { Ears } from './microphone.ts';
import { type Patience, Utterance } from './utterance.ts';

/** The shortest time between two interim texts of one participant, in ms. */
const interimEvery = 300;
/** An utterance that becomes too long is cut at the next quiet moment of its last seconds. */
const searchPause = 3000;
/** Mean amplitude, of 32768, below which a moment counts as quiet. */
const quiet = 150;

const isQuiet = (samples: Int16Array): boolean =>
  samples.reduce((sum, sample) => sum + Math.abs(sample), 0) < quiet * samples.length;

export type SpeakerParts = {
  engine: Engine;
  patience: Patience;
  context(): Context;
  client(): Author;
  /** Milliseconds since the meeting began. */
  now(): number;
  /** A unique number for a sentence that begins at this time. */
  number(time: number): number;
  /** Reserves a place for an utterance among those transcribed at the same time. Returns a function that frees it. */
  reserve(): (() => void) | undefined;
  interim(client: Author, bg: number, text: string): void;
  final(client: Author, bg: number, ed: number, text: string): void;
  lost(client: Author, bg: number, ed: number, reason: LossReason): void;
  troubled(error: EngineError): void;
};

/** Turns the speech of one participant into sentences. */
export class Speaker implements Ears {
  readonly #parts: SpeakerParts;
  #current: Utterance | undefined;
  /** Speech that is not transcribed because too many participants speak. */
  #unheardFrom: number | undefined;

  constructor(parts: SpeakerParts) {
    this.#parts = parts;
  }

  begins(ago: number): void {
    this.#start(Math.max(0, this.#parts.now() - ago));
  }

  hears(samples: Int16Array): void {
    const current = this.#current;
    if (!current) return;
    current.push(samples);
    const { longest } = this.#parts.engine;
    const left = longest - current.duration;
    if (left > 0 && (left > searchPause || !isQuiet(samples))) return;
    current.end();
    this.#start(this.#parts.now());
  }

  ends(): void {
    this.#current?.end();
    this.#current = undefined;
    if (this.#unheardFrom === undefined) return;
    const { client, number, now, lost } = this.#parts;
    lost(client(), number(this.#unheardFrom), now(), 'overloaded');
    this.#unheardFrom = undefined;
  }

  #start(beginsAt: number): void {
    const { engine, context, patience, reserve, client, number, interim, final, lost, troubled } = this.#parts;
    this.#current = undefined;
    const free = reserve();
    if (!free) {
      this.#unheardFrom ??= beginsAt;
      return;
    }
    const author = client();
    /** Number of the sentence whose interim text was sent. */
    let bg: number | undefined;
    let saidAt = Number.NEGATIVE_INFINITY;
    const at = (time: number): number => Math.round(beginsAt + time);
    const numbered = (start: number): number => {
      bg ??= number(at(start));
      return bg;
    };
    this.#current = new Utterance(engine, context(), patience, {
      interim(text, start) {
        const now = performance.now();
        if (now - saidAt < interimEvery) return;
        saidAt = now;
        interim(author, numbered(start), text);
      },
      final(text, { start, end }) {
        if (text !== '' || bg !== undefined) final(author, numbered(start), Math.max(at(end), numbered(start)), text);
        bg = undefined;
      },
      lost({ start, end }, reason) {
        lost(author, numbered(start), Math.max(at(end), numbered(start)), reason);
        bg = undefined;
      },
      troubled,
      over: free,
    });
  }
}

import type { Author, TranscriptLine } from '@meetframe/contract/beans';

/** How many sentences of a running meeting are kept in memory; the database has all of them. */
const mostLines = 20_000;

const holds = ({ onebest, client, trans }: TranscriptLine, wanted: string): boolean =>
  [onebest, client.name, ...Object.values(trans ?? {})].some((text) => text.toLowerCase().includes(wanted));

/** The finished sentences of a running meeting, in the order of their beginning. */
export class Transcript {
  readonly #lines: TranscriptLine[] = [];
  readonly #numbers = new Set<number>();

  constructor(lines: readonly TranscriptLine[]) {
    for (const line of lines) this.add(line);
  }

  get lines(): readonly TranscriptLine[] {
    return this.#lines;
  }

  /** A number for a sentence: its beginning in ms, or the next one that no other sentence has. */
  number(time: number): number {
    let number = Math.max(0, Math.round(time));
    while (this.#numbers.has(number)) number++;
    this.#numbers.add(number);
    return number;
  }

  add(line: TranscriptLine): void {
    this.#numbers.add(Number(line.bg));
    const at = this.#lines.findLastIndex(({ bg }) => Number(bg) < Number(line.bg)) + 1;
    this.#lines.splice(at, 0, line);
    if (this.#lines.length > mostLines) this.#lines.shift();
  }

  /** Adds a translation to a sentence. Returns it, `undefined` when it is no longer known. */
  translate(bg: string, lang: string, text: string): TranscriptLine | undefined {
    const at = this.#lines.findLastIndex((line) => line.bg === bg);
    const line = this.#lines[at];
    if (!line) return undefined;
    const translated = { ...line, trans: { ...line.trans, [lang]: text } };
    this.#lines[at] = translated;
    return translated;
  }

  /** The last sentences before one, oldest first. */
  page({
    before,
    limit = 200,
    search,
  }: {
    before?: string | undefined;
    limit?: number | undefined;
    search?: string | undefined;
  }) {
    const wanted = search?.trim().toLowerCase();
    const fits = this.#lines.filter(
      (line) => (before === undefined || Number(line.bg) < Number(before)) && (!wanted || holds(line, wanted)),
    );
    return { lines: fits.slice(-limit), more: fits.length > limit };
  }
}

export const lineOf = (client: Author, bg: number, ed: number, onebest: string): TranscriptLine => ({
  bg: String(bg),
  ed: String(ed),
  client,
  onebest,
});

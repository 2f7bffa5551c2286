import type { TranscriptLine } from '@meetframe/contract/beans';
import { fail } from '../../errors.ts';
import type { Translator } from './translator.ts';

/** How many sentences before the one to translate the engine gets. */
const contextLines = 3;

const base = (lang: string): string => lang.toLowerCase().split('-')[0] ?? '';
/** True when readers of one language need no translation from the other. Traditional and simplified Chinese differ. */
const isSame = (from: string | undefined, to: string): boolean =>
  from !== undefined && (base(to) === 'zh' ? from.toLowerCase() === to.toLowerCase() : base(from) === base(to));

/** The participants of a meeting who read its transcript in another language. */
export class Readers {
  readonly #translator: Translator;
  readonly #languages = new Map<number, string>();

  constructor(translator: Translator) {
    this.#translator = translator;
  }

  /** From now on this participant gets sentences in `lang`; `null`: as they were spoken. */
  choose(clientId: number, lang: string | null): void {
    const { languages } = this.#translator;
    if (lang === null) this.#languages.delete(clientId);
    else if (languages.includes(lang)) this.#languages.set(clientId, lang);
    else
      fail('INVALID_ARGUMENT', `lang should be one of ${languages.join(', ')}.`, {
        field: 'lang',
        expected: languages.join(', '),
      });
  }

  /** Has a sentence translated for the participants who are still in the meeting. */
  translate(
    line: TranscriptLine,
    { lines, isHere }: { lines: readonly TranscriptLine[]; isHere: (clientId: number) => boolean },
    done: (lang: string, text: string) => void,
  ): void {
    for (const clientId of this.#languages.keys()) if (!isHere(clientId)) this.#languages.delete(clientId);
    const wanted = new Set([...this.#languages.values()].filter((to) => !isSame(line.lang, to)));
    if (wanted.size === 0) return;
    const before = lines
      .filter(({ bg, lost }) => !lost && Number(bg) < Number(line.bg))
      .slice(-contextLines)
      .map(({ client, onebest }) => `${client.name}: ${onebest}`);
    for (const to of wanted) this.#translator.offer({ text: line.onebest, to, before }, (text) => done(to, text));
  }
}

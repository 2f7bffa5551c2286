import {
  RTCPeerError,
  type TranscriptFile,
  type TranscriptFormat,
  type Transcription,
  type TranscriptLine,
} from '@meetframe/contract';
import { batch, computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Client } from '../../../platform/client.ts';
import type { SeatModel } from '../seat.ts';
import { CaptionChoice } from './captionChoice.ts';

/** A sentence that a participant is saying: the same `bg` is the same sentence. */
export type SpokenLine = Pick<TranscriptLine, 'bg' | 'client'> & {
  text: string;
  /** Translations by language. */
  trans?: Record<string, string> | undefined;
  isFinal: boolean;
  /** `performance.now()` of the last change. */
  changedAt: number;
};
export type TranscriptModel = InstanceType<typeof Transcript>;
type Action = 'start' | 'stop' | 'pause' | 'resume';

/** How many of the latest sentences are kept for captions. */
const mostSpoken = 8;

const byBeginning = (a: { bg: string }, b: { bg: string }): number => Number(a.bg) - Number(b.bg);
/** The lines of both, in the order of their beginning; of two for the same sentence the second. */
const joined = (some: readonly TranscriptLine[], more: readonly TranscriptLine[]): TranscriptLine[] =>
  [...new Map([...some, ...more].map((line) => [line.bg, line])).values()].sort(byBeginning);

/** What is said in the meeting: the current sentences for captions, and the fetched part of the transcript. */
export const Transcript = createModel(
  (deps: {
    client: Pick<Client, 'call' | 'on'>;
    seat: SeatModel;
    report: (error: RTCPeerError) => void;
    state: ReadonlySignal<Transcription | undefined>;
  }) => {
    const { client, seat, report, state } = deps;
    const captions = new CaptionChoice();
    const spoken = signal<readonly SpokenLine[]>([]);
    const lines = signal<readonly TranscriptLine[]>([]);
    /** There are earlier sentences than these; `undefined`: not known yet. */
    const hasEarlier = signal<boolean | undefined>(undefined);
    const hasFailed = signal(false);
    let isWanted = false;
    const search = signal('');
    /** Counts requests: an answer to an earlier search is no longer of use. */
    let request = 0;

    /** Fetches the last sentences, those before the first known one, or those with the text that is searched for. */
    const fetch = async (before?: string): Promise<void> => {
      if (!seat.isIn()) return;
      const now = ++request;
      hasFailed.value = false;
      try {
        const found = await client.call('meeting.getTranscript', {
          ...(search.peek() && { search: search.peek() }),
          ...(before && { before }),
        });
        if (now !== request) return;
        batch(() => {
          lines.value = joined(found.lines, lines.peek());
          hasEarlier.value = found.more;
        });
      } catch {
        if (now === request) hasFailed.value = true;
      }
    };
    const say = (line: Omit<SpokenLine, 'changedAt'>): void => {
      const others = spoken.peek().filter(({ bg }) => bg !== line.bg);
      const changed = line.text === '' ? [] : [{ ...line, changedAt: performance.now() }];
      spoken.value = [...others, ...changed].sort(byBeginning).slice(-mostSpoken);
    };
    const holds = ({ onebest, client: { name } }: TranscriptLine): boolean => {
      const wanted = search.peek().toLowerCase();
      return [onebest, name].some((text) => text.toLowerCase().includes(wanted));
    };
    const add = (line: TranscriptLine): void => {
      if (isWanted && holds(line)) lines.value = joined(lines.peek(), [line]);
    };
    const clear = (): void => {
      request++;
      lines.value = [];
      hasEarlier.value = undefined;
    };

    effect(() =>
      client.on('meeting.onTranscription', ({ data, client }) => {
        const { bg, ed = bg, onebest } = data;
        batch(() => {
          say({ bg, client, text: onebest ?? data.var ?? '', trans: data.trans, isFinal: onebest !== undefined });
          if (onebest) add({ ...data, bg, ed, onebest, client });
        });
      }),
    );
    effect(() =>
      client.on('meeting.onTranscriptionGap', ({ bg, ed, client, reason }) => {
        batch(() => {
          say({ bg, client, text: '', isFinal: true });
          add({ bg, ed, client, onebest: '', lost: reason });
        });
      }),
    );
    /** Tells the platform what the user reads; a new seat has told nothing yet. */
    const tellLanguage = async (): Promise<void> => {
      const lang = captions.language.peek();
      const isPossible = lang === null || state.peek()?.languages.includes(lang);
      if (isPossible) await client.call('meeting.translateTranscript', { lang });
    };
    const tellAgain = (): void => {
      if (captions.language.peek() !== null) tellLanguage().catch(() => {});
    };
    tellAgain();

    seat.follow({
      // What was said meanwhile is fetched; a sentence that was not finished may be finished by now.
      taken: () =>
        batch(() => {
          spoken.value = [];
          if (isWanted) void fetch();
          tellAgain();
        }),
      left: () =>
        batch(() => {
          spoken.value = [];
          clear();
        }),
    });

    return {
      state,
      captions,
      spoken,
      lines,
      hasEarlier,
      hasFailed,
      isSearching: computed(() => search.value !== ''),
      toggleCaptions: (): void => captions.choose({ isOn: !captions.isOn.peek() }),
      /** Shows translations of sentences into this language from now on; `null` ends that. */
      async translate(language: string | null): Promise<void> {
        captions.choose({ language });
        try {
          await tellLanguage();
        } catch (error) {
          report(RTCPeerError.from(error));
        }
      },
      /** From now on the transcript is shown: it is fetched and kept up to date. Returns a function that ends it. */
      show(): () => void {
        isWanted = true;
        void fetch();
        return () => {
          isWanted = false;
          search.value = '';
          clear();
        };
      },
      retry: (): Promise<void> => fetch(),
      fetchEarlier: (): Promise<void> => fetch(lines.peek()[0]?.bg),
      /** Keeps the sentences only that contain the text, or whose speaker's name does; the empty text: all. */
      find(text: string): Promise<void> {
        search.value = text.trim();
        clear();
        return fetch();
      },
      export: (format: TranscriptFormat): Promise<TranscriptFile> =>
        client.call('meeting.exportTranscript', { format }),
      /** Turns the transcription on or off; for the moderator. A refusal is shown as a problem. */
      async act(action: Action): Promise<void> {
        try {
          await client.call('meeting.transcribe', { action });
        } catch (error) {
          report(RTCPeerError.from(error));
        }
      },
    };
  },
);

import { computed, createModel, effect, signal } from '@preact/signals';
import type { SpokenLine, TranscriptModel } from '../model/meeting/transcription/transcript.ts';

/** How many sentences are shown over the stage. */
const mostShown = 2;
/** An unfinished sentence goes when nothing more comes, in milliseconds. */
const unfinishedFor = 8000;
/** A finished one stays as long as reading it takes: this long at least and at most, and for each character. */
const [shortest, longest, each] = [3000, 8000, 70];

const until = ({ isFinal, text, changedAt }: SpokenLine): number =>
  changedAt + (isFinal ? Math.min(longest, Math.max(shortest, text.length * each)) : unfinishedFor);

/** What a participant says without another one in between. */
export type Turn = { speaker: SpokenLine['client']; lines: SpokenLine[] };
const turnsOf = (lines: readonly SpokenLine[]): Turn[] => {
  const turns: Turn[] = [];
  for (const line of lines) {
    const last = turns.at(-1);
    if (last?.speaker.id === line.client.id) last.lines.push(line);
    else turns.push({ speaker: line.client, lines: [line] });
  }
  return turns;
};

/** The sentences over the stage, by turns. Each sentence goes by itself. */
export const CaptionsView = createModel((transcript: Pick<TranscriptModel, 'spoken'>) => {
  const shown = signal<readonly SpokenLine[]>([]);
  effect(() => {
    const lines = transcript.spoken.value;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const now = performance.now();
      const left = lines.filter((line) => until(line) > now);
      shown.value = left.slice(-mostShown);
      if (left.length > 0) timer = setTimeout(look, Math.min(...left.map(until)) - now + 1);
    };
    look();
    return () => clearTimeout(timer);
  });
  return { turns: computed(() => turnsOf(shown.value)) };
});

import type { LossReason, TranscriptFormat, TranscriptLine } from '@meetframe/contract';
import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import type { TranscriptModel } from '../model/meeting/transcription/transcript.ts';
import { durationText } from './duration.ts';

export type ShownLine = {
  bg: string;
  /** Since the beginning of the meeting, as `1:02:03`. */
  time: string;
  name: string;
  isOwn: boolean;
  text: string;
  /** The text in the language of the reader, where it was translated. */
  translation: string | undefined;
  isFinal: boolean;
  lost: LossReason | undefined;
  /** False when the line before is by the same participant: the name is not shown again. */
  isFirstOfGroup: boolean;
};
type Line = {
  bg: string;
  client: { id: number; name: string };
  text: string;
  trans?: Record<string, string> | undefined;
  isFinal: boolean;
  lost?: LossReason;
};
type Reader = { isOwn: boolean; language: string | null };

export const transcriptFormats: readonly TranscriptFormat[] = ['txt', 'srt', 'vtt', 'json'];

const finished = ({ bg, client, onebest, trans, lost }: TranscriptLine): Line => {
  const line = { bg, client, text: onebest, trans, isFinal: true };
  return lost ? { ...line, lost } : line;
};
const shownLine = (
  { bg, client, text, trans, isFinal, lost }: Line,
  before: Line | undefined,
  { isOwn, language }: Reader,
): ShownLine => ({
  ...{ bg, text, isFinal, lost, isOwn, name: client.name },
  translation: language === null ? undefined : trans?.[language],
  time: durationText(Number(bg)),
  isFirstOfGroup: before?.client.id !== client.id,
});

/** A stored transcript as a list, with the translations into this language. */
export const storedLines = (lines: readonly TranscriptLine[], language: string): ShownLine[] =>
  lines.map(finished).map((line, index, all) => shownLine(line, all[index - 1], { isOwn: false, language }));

/** The transcript as a list: what is finished, and at its end what is being said. */
export const TranscriptView = createModel((app: AppModel, transcript: TranscriptModel) => {
  const { ownIds } = app.meeting.seat;
  return {
    lines: computed(() => {
      const known = new Set(transcript.lines.value.map(({ bg }) => bg));
      const unfinished = transcript.isSearching.value
        ? []
        : transcript.spoken.value.filter(({ bg, isFinal }) => !isFinal && !known.has(bg));
      return [...transcript.lines.value.map(finished), ...unfinished].map((line, index, all) =>
        shownLine(line, all[index - 1], {
          isOwn: ownIds.value.has(line.client.id),
          language: transcript.captions.language.value,
        }),
      );
    }),
  };
});

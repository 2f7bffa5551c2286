import type { TranscriptFile, TranscriptFormat, TranscriptLine } from '@meetframe/contract/beans';

export type TranscriptHead = {
  name: string;
  /** Milliseconds since 1970. */
  startedAt: number;
};
type Options = { format: TranscriptFormat; lang?: string | undefined };

const contentTypes: Record<TranscriptFormat, string> = {
  txt: 'text/plain; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
  json: 'application/json; charset=utf-8',
};
/** Shortest time for which a caption is shown, in ms. */
const shortest = 500;

/** `1:02:03.456` with two digits for each part, and the separator that the format wants. */
const clock = (time: number, separator: '.' | ','): string => {
  const part = (value: number, size = 2) => String(Math.floor(value)).padStart(size, '0');
  return `${part(time / 3600_000)}:${part((time / 60_000) % 60)}:${part((time / 1000) % 60)}${separator}${part(time % 1000, 3)}`;
};
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** A speaker in the tag of a caption. */
const voice = (name: string): string => escaped(name.replace(/\s+/g, ' '));

const span = ({ bg, ed }: TranscriptLine) => {
  const start = Number(bg);
  return { start, end: Math.max(Number(ed), start + shortest) };
};
const textOf = ({ onebest, trans, lost }: TranscriptLine, lang: string | undefined): string =>
  lost ? '[…]' : ((lang && trans?.[lang]) ?? onebest);

const writers: Record<
  TranscriptFormat,
  (head: TranscriptHead, lines: readonly TranscriptLine[], lang?: string) => string
> = {
  txt: ({ name, startedAt }, lines, lang) =>
    [
      `${name}`,
      `${new Date(startedAt).toISOString()}`,
      '',
      ...lines.map((line) => `[${clock(Number(line.bg), '.').slice(0, 8)}] ${line.client.name}: ${textOf(line, lang)}`),
      '',
    ].join('\n'),
  srt: (_, lines, lang) =>
    lines
      .map((line, index) => {
        const { start, end } = span(line);
        return `${index + 1}\n${clock(start, ',')} --> ${clock(end, ',')}\n${line.client.name}: ${textOf(line, lang)}\n`;
      })
      .join('\n'),
  vtt: (_, lines, lang) =>
    [
      'WEBVTT\n',
      ...lines.map((line) => {
        const { start, end } = span(line);
        return `${clock(start, '.')} --> ${clock(end, '.')}\n<v ${voice(line.client.name)}>${escaped(textOf(line, lang))}</v>\n`;
      }),
    ].join('\n'),
  json: ({ name, startedAt }, lines) =>
    `${JSON.stringify({ name, startTime: new Date(startedAt).toISOString(), lines }, undefined, 2)}\n`,
};

/** The name of the meeting and its day, without what file systems refuse. */
const fileName = ({ name, startedAt }: TranscriptHead, format: TranscriptFormat): string => {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
  return `${safe || 'Meeting'} ${new Date(startedAt).toISOString().slice(0, 10)}.${format}`;
};

/**
 * A transcript as a file: text to read (`txt`), captions for players (`srt`, `vtt`; times since the meeting began), or data (`json`).
 * With `lang`, sentences that were translated into it are in that language.
 */
export const transcriptFile = (
  head: TranscriptHead,
  lines: readonly TranscriptLine[],
  { format, lang }: Options,
): TranscriptFile => ({
  fileName: fileName(head, format),
  contentType: contentTypes[format],
  content: writers[format](head, lines, lang),
});

import * as z from 'zod';
import { type Engine, sampleRate } from './engine.ts';
import { openSocketHearing } from './socketHearing.ts';

/** The server compares the whole text, blanks included. */
const farewell = '{"eof" : 1}';
/** 200 ms: each message with audio is answered, so they must not be too many. */
const piece = (sampleRate * 2) / 5;

const answer = z.object({
  partial: z.string().optional(),
  text: z.string().optional(),
  result: z.array(z.object({ start: z.number(), end: z.number() })).optional(),
});

/**
 * A Vosk server (github.com/alphacep/vosk-server, WebSocket): it finds the ends of sentences by itself. Each message with audio is
 * answered by one with `partial` or `text`, and the end by one with `text`.
 */
export const makeVosk = ({ url, verify }: { url: string; verify: boolean }): Engine => ({
  name: 'vosk',
  longest: 60_000,
  open(_, listener) {
    return openSocketHearing(
      {
        url,
        verify,
        piece,
        greeting: JSON.stringify({ config: { sample_rate: sampleRate, words: true } }),
        farewell,
        answer(text) {
          const { partial, text: sentence, result = [] } = answer.parse(JSON.parse(text));
          if (partial) listener.interim(partial);
          const [first, last] = [result[0], result.at(-1)];
          if (sentence !== undefined)
            listener.final(sentence, first && last && { start: first.start * 1000, end: last.end * 1000 });
        },
      },
      listener,
    );
  },
  close: () => undefined,
});

import * as z from 'zod';
import { type Context, type Engine, EngineError, sampleRate } from './engine.ts';
import { openSocketHearing } from './socketHearing.ts';

/** 60 ms, as the clients that come with FunASR send it. */
const piece = (sampleRate * 2 * 60) / 1000;
/** How much more likely a hot word is made. */
const weight = 20;

const answer = z.object({
  mode: z.string(),
  text: z.string(),
  is_final: z.boolean().optional(),
  is_end: z.boolean().optional(),
  /** `[[start, end], …]` of the words in ms, as JSON. */
  timestamp: z.string().optional(),
  error: z.unknown().optional(),
});
const timestamps = z.array(z.tuple([z.number(), z.number()]));

const spanOf = (text: string | undefined): { start: number; end: number } | undefined => {
  if (!text) return undefined;
  const words = timestamps.safeParse(JSON.parse(text)).data ?? [];
  const [first, last] = [words[0], words.at(-1)];
  return first && last && { start: first[0], end: last[1] };
};

const greeting = ({ hotWords }: Context): string =>
  JSON.stringify({
    mode: '2pass',
    wav_name: 'meeting',
    wav_format: 'pcm',
    audio_fs: sampleRate,
    is_speaking: true,
    chunk_size: [5, 10, 5],
    chunk_interval: 10,
    encoder_chunk_look_back: 4,
    decoder_chunk_look_back: 0,
    itn: true,
    // A text with JSON in it: words with a blank are two words to the server, which weighs each.
    hotwords: JSON.stringify(Object.fromEntries(hotWords.map((word) => [word, weight]))),
  });

/**
 * A FunASR server in its mode `2pass` (github.com/modelscope/FunASR, runtime/websocket): what it recognises while it listens comes in
 * increments, and each finished sentence once more, corrected.
 */
export const makeFunasr = ({ url, verify }: { url: string; verify: boolean }): Engine => ({
  name: 'funasr',
  longest: 60_000,
  open(context, listener) {
    /** What was recognised of the present sentence. */
    let sentence = '';
    let isEnded = false;
    const hearing = openSocketHearing(
      {
        url,
        verify,
        protocols: ['binary'],
        piece,
        greeting: greeting(context),
        farewell: JSON.stringify({ is_speaking: false }),
        answer(text, { finish }) {
          // It reports wrong formats as plain text.
          if (text.startsWith('ERROR')) throw new EngineError('refused', text.slice(0, 200));
          const { mode, text: said, is_final, is_end, timestamp, error } = answer.parse(JSON.parse(text));
          if (error) throw new EngineError('refused', String(error).slice(0, 200));
          if (mode.endsWith('online')) {
            sentence += said;
            listener.interim(sentence);
          } else {
            if (said || sentence) listener.final(said || sentence, spanOf(timestamp));
            sentence = '';
          }
          // The last sentence after the end is the last answer; the server leaves the connection open.
          if (isEnded && (is_end || (is_final && !mode.endsWith('online')))) finish();
        },
      },
      listener,
    );
    return {
      ...hearing,
      end() {
        isEnded = true;
        hearing.end();
      },
    };
  },
  close: () => undefined,
});

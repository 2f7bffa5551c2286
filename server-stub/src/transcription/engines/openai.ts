import * as z from 'zod';
import { type Engine, EngineError, type Hearing, sampleRate } from './engine.ts';
import { isHallucination } from './hallucinations.ts';

/** Shorter utterances are noise to a model that expects whole sentences, in samples. */
const shortest = 0.3 * sampleRate;
const answerWithin = 30_000;

export type OpenaiOptions = {
  /** Base address, such as `http://asr.example:8000/v1`. */
  url: string;
  key: string | undefined;
  model: string | undefined;
  /** BCP 47; the API wants ISO 639-1. */
  language: string | undefined;
};

const answer = z.object({
  text: z.string(),
  segments: z
    .array(
      z.object({
        start: z.number(),
        end: z.number(),
        text: z.string(),
        no_speech_prob: z.number().optional(),
        avg_logprob: z.number().optional(),
        compression_ratio: z.number().optional(),
      }),
    )
    .nullish(),
});

/** Samples as a WAV file. */
const wav = (parts: readonly Int16Array[]): Buffer<ArrayBuffer> => {
  const size = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const file = Buffer.alloc(44 + size);
  file.write('RIFF');
  file.writeUInt32LE(36 + size, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(size, 40);
  let at = 44;
  for (const { buffer, byteOffset, byteLength } of parts) {
    file.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return file;
};

/**
 * A server with OpenAI's `POST /audio/transcriptions`: OpenAI itself, faster-whisper, whisper.cpp, vLLM and others. It gets whole
 * utterances, so there are no interim texts, and texts that such models make up in silence are removed.
 */
export const makeOpenai = ({ url, key, model = 'whisper-1', language }: OpenaiOptions): Engine => ({
  name: 'openai',
  longest: 15_000,
  open({ hotWords }, listener): Hearing {
    const parts: Int16Array[] = [];
    const stop = new AbortController();
    const transcribe = async (): Promise<void> => {
      const samples = parts.reduce((sum, { length }) => sum + length, 0);
      if (samples < shortest) return listener.done();
      const form = new FormData();
      form.set('file', new Blob([wav(parts)], { type: 'audio/wav' }), 'speech.wav');
      form.set('model', model);
      form.set('response_format', 'verbose_json');
      form.set('temperature', '0');
      if (language) form.set('language', language.split('-')[0] as string);
      if (hotWords.length) form.set('prompt', hotWords.join(', ').slice(0, 500));
      const response = await fetch(`${url.replace(/\/$/, '')}/audio/transcriptions`, {
        method: 'POST',
        headers: key ? { authorization: `Bearer ${key}` } : {},
        body: form,
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(answerWithin)]),
      });
      if (!response.ok)
        throw new EngineError(response.status >= 500 ? 'unreachable' : 'refused', `status ${response.status}`);
      const { text, segments } = answer.parse(await response.json());
      const length = samples / sampleRate;
      const heard = segments ?? [{ start: 0, end: length, text }];
      for (const segment of heard)
        if (!isHallucination(segment, hotWords))
          listener.final(segment.text, { start: segment.start * 1000, end: segment.end * 1000 });
      listener.done();
    };
    return {
      push: (samples) => void parts.push(samples),
      end() {
        transcribe().catch((error: Error) => {
          if (stop.signal.aborted) return;
          if (error instanceof EngineError) return listener.failed(error);
          const reason =
            error.name === 'TimeoutError' ? 'slow' : error instanceof TypeError ? 'unreachable' : 'refused';
          listener.failed(new EngineError(reason, error.message));
        });
      },
      close: () => stop.abort(),
    };
  },
  close: () => undefined,
});

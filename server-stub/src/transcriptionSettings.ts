import * as z from 'zod';
import { flag } from './flag.ts';

const whole = (value: number) => z.coerce.number().int().min(1).default(value);
const language = /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/;
const address = z.url({ protocol: /^(wss?|https?)$/ });

/**
 * The kinds of models that are used, as sherpa-onnx calls them. All but `sense-voice` transcribe while a participant speaks. `paraformer` is
 * untested; the others were tested with tiny models that tell two tones apart.
 */
const sherpaKinds = ['transducer', 'paraformer', 'zipformer2-ctc', 'nemo-ctc', 'sense-voice'] as const;
export type SherpaKind = (typeof sherpaKinds)[number];

/** The environment variables of live transcription. */
export const transcriptionSettings = {
  /** The speech engine; without one nothing is transcribed. */
  TRANSCRIBE_ENGINE: z.enum(['funasr', 'vosk', 'openai', 'iflytek', 'sherpa', 'pocketsphinx']).optional(),
  /** Address of the speech engine. */
  TRANSCRIBE_URL: address.optional(),
  /** Language of the meetings, BCP 47, such as zh-CN or en. */
  TRANSCRIBE_LANGUAGE: z.string().regex(language, 'must be a language such as zh-CN').optional(),
  /** How many utterances the node transcribes at the same time. */
  TRANSCRIBE_AT_ONCE: whole(32),
  /** How long the engine may take for the rest after the end of an utterance. */
  TRANSCRIBE_ANSWER_MS: whole(10_000),
  /** Key for `openai`, API key for `iflytek`. */
  TRANSCRIBE_KEY: z.string().min(1).optional(),
  /** App id for `iflytek`. */
  TRANSCRIBE_APP_ID: z.string().min(1).optional(),
  /** Model for `openai`; folder of the model for `sherpa` and `pocketsphinx`. */
  TRANSCRIBE_MODEL: z.string().min(1).optional(),
  /** False for an engine whose certificate is signed by itself, as FunASR's is. */
  TRANSCRIBE_TLS_VERIFY: flag.default(true),
  /** Kind of the model for `sherpa`, and how many threads it computes on. */
  SHERPA_KIND: z.enum(sherpaKinds).optional(),
  SHERPA_THREADS: whole(1),
  /** Python with the module `pocketsphinx`, and how many of its processes run at most. */
  POCKETSPHINX_PYTHON: z.string().min(1).default('/usr/bin/python3'),
  POCKETSPHINX_PROCESSES: whole(2),
  /** Base address of the engine that translates sentences, in OpenAI's chat form; without it nothing is translated. */
  TRANSLATE_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRANSLATE_KEY: z.string().min(1).optional(),
  TRANSLATE_MODEL: z.string().min(1).optional(),
  /** Languages that readers may choose, separated by commas. */
  TRANSLATE_LANGUAGES: z
    .string()
    .default('zh-CN,en')
    .transform((list) => list.split(',').map((each) => each.trim()))
    .pipe(z.array(z.string().regex(language, 'must be languages such as zh-CN,en')).min(1).max(20)),
  /** How long the translation of a sentence may take. */
  TRANSLATE_ANSWER_MS: whole(8000),
  /** How many sentences the node has translated at the same time. */
  TRANSLATE_AT_ONCE: whole(4),
};

export type TranscriptionSettings = z.output<z.ZodObject<typeof transcriptionSettings>>;
type Needed = 'TRANSCRIBE_URL' | 'TRANSCRIBE_KEY' | 'TRANSCRIBE_APP_ID' | 'TRANSCRIBE_MODEL' | 'SHERPA_KIND';

const needs: Record<NonNullable<TranscriptionSettings['TRANSCRIBE_ENGINE']>, readonly Needed[]> = {
  funasr: ['TRANSCRIBE_URL'],
  vosk: ['TRANSCRIBE_URL'],
  openai: ['TRANSCRIBE_URL'],
  iflytek: ['TRANSCRIBE_URL', 'TRANSCRIBE_APP_ID', 'TRANSCRIBE_KEY'],
  sherpa: ['TRANSCRIBE_MODEL', 'SHERPA_KIND'],
  pocketsphinx: [],
};

/** An engine whose settings are missing stops the start. */
export const checkTranscription = (
  value: TranscriptionSettings,
  context: { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void },
): void => {
  const { TRANSCRIBE_ENGINE: engine } = value;
  for (const name of engine ? needs[engine] : [])
    if (!value[name])
      context.addIssue({ code: 'custom', path: [name], message: `must be set with TRANSCRIBE_ENGINE=${engine}` });
  if (value.TRANSLATE_URL && !value.TRANSLATE_MODEL)
    context.addIssue({ code: 'custom', path: ['TRANSLATE_MODEL'], message: 'must be set with TRANSLATE_URL' });
  const isHttp = value.TRANSCRIBE_URL?.startsWith('http') ?? false;
  if (engine && value.TRANSCRIBE_URL && isHttp !== (engine === 'openai'))
    context.addIssue({
      code: 'custom',
      path: ['TRANSCRIBE_URL'],
      message: `must begin with ${engine === 'openai' ? 'http:// or https://' : 'ws:// or wss://'} for TRANSCRIBE_ENGINE=${engine}`,
    });
};

import * as z from 'zod';

const whole = (value: number) => z.coerce.number().int().min(1).default(value);

/** The environment variables of live transcription. */
export const transcriptionSettings = {
  /** The speech engine; without one nothing is transcribed. */
  TRANSCRIBE_ENGINE: z.enum(['pocketsphinx']).optional(),
  /** Language of the meetings, BCP 47, such as zh-CN or en. */
  TRANSCRIBE_LANGUAGE: z
    .string()
    .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'must be a language such as zh-CN')
    .optional(),
  /** How many utterances the node transcribes at the same time. */
  TRANSCRIBE_AT_ONCE: whole(32),
  /** How long the engine may take for the rest after the end of an utterance. */
  TRANSCRIBE_ANSWER_MS: whole(10_000),
  /** Folder of the model; Debian’s English one unless given. */
  TRANSCRIBE_MODEL: z.string().min(1).optional(),
  /** Python with the module `pocketsphinx`, and how many of its processes run at most. */
  POCKETSPHINX_PYTHON: z.string().min(1).default('/usr/bin/python3'),
  POCKETSPHINX_PROCESSES: whole(2),
};

export type TranscriptionSettings = z.output<z.ZodObject<typeof transcriptionSettings>>;

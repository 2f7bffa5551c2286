import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Meeting } from '../meeting/meeting.ts';
import type { Meetings } from '../meeting/meetings.ts';
import type { TranscriptionSettings } from '../transcriptionSettings.ts';
import { makeEngine } from './engines/make.ts';
import { Transcription } from './transcription.ts';
import type { Transcripts } from './transcripts.ts';
import { makeOpenaiChat } from './translation/openaiChat.ts';
import { makeTranslator } from './translation/translator.ts';

/** How long to wait before an utterance is sent to a failing engine once more, in ms. */
const retryAfter = 1000;

type Parts = {
  config: TranscriptionSettings;
  meetings: Pick<Meetings, 'events'>;
  transcripts: Transcripts;
  log: Log;
};

/** The transcriptions of the meetings that this node runs. */
export const makeTranscriptions = ({ config, meetings, transcripts, log }: Parts) => {
  const engine = makeEngine(config, log);
  const lang = config.TRANSCRIBE_LANGUAGE ?? null;
  const { TRANSLATE_URL: url, TRANSLATE_KEY: key, TRANSLATE_MODEL: model = '' } = config;
  const translator =
    url === undefined
      ? undefined
      : makeTranslator({
          translate: makeOpenaiChat({ url, key, model, answerWithin: config.TRANSLATE_ANSWER_MS }),
          atOnce: config.TRANSLATE_AT_ONCE,
          languages: config.TRANSLATE_LANGUAGES,
          log,
        });
  const running = new Map<Meeting, Promise<Transcription>>();
  let used = 0;

  const reserve = (): (() => void) | undefined => {
    if (used >= config.TRANSCRIBE_AT_ONCE) return undefined;
    used++;
    let isFree = false;
    return () => {
      if (!isFree) used--;
      isFree = true;
    };
  };

  const open = async (meeting: Meeting): Promise<Transcription> => {
    if (!engine)
      return fail(
        'UNSUPPORTED',
        'This platform has no speech engine. Its operator can set TRANSCRIBE_ENGINE; docs/transcription.md says how.',
      );
    const kept = await transcripts.of(meeting.id);
    return new Transcription({
      meeting,
      engine,
      log,
      kept,
      reserve,
      lang,
      translator,
      patience: { answerWithin: config.TRANSCRIBE_ANSWER_MS, retryAfter },
      store: (line) => transcripts.add(meeting.id, line),
      changed: (state) => transcripts.note(meeting, state),
    });
  };

  const of = (meeting: Meeting): Promise<Transcription> => {
    const known = running.get(meeting);
    if (known) return known;
    const opened = open(meeting);
    running.set(meeting, opened);
    opened.catch(() => running.delete(meeting));
    return opened;
  };

  const started = (meeting: Meeting): void => {
    // Set before the first participant enters, so that its snapshot says that the meeting can be transcribed.
    meeting.transcription = {
      state: 'off',
      sessid: null,
      by: null,
      lang,
      problem: null,
      languages: [...(translator?.languages ?? [])],
    };
    of(meeting).catch((error) => log.warn({ err: error }, 'a meeting cannot be transcribed'));
  };
  const ended = (meeting: Meeting): void => {
    running
      .get(meeting)
      ?.then((transcription) => transcription.close(meeting.isInterrupted))
      .catch(() => undefined);
    running.delete(meeting);
  };
  if (engine) meetings.events.on('started', started);
  meetings.events.on('ended', ended);

  return {
    /** @throws `UNSUPPORTED` where the platform has no speech engine; the message says what to configure */
    of,
    /** The same, `undefined` where the platform has no speech engine. */
    find: async (meeting: Meeting): Promise<Transcription | undefined> => (engine ? await of(meeting) : undefined),
    async close(): Promise<void> {
      meetings.events.off('started', started);
      meetings.events.off('ended', ended);
      engine?.close();
      translator?.close();
      await transcripts.close();
    },
  };
};
export type Transcriptions = ReturnType<typeof makeTranscriptions>;

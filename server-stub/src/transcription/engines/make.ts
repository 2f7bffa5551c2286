import type { Log } from '../../log.ts';
import type { TranscriptionSettings } from '../../transcriptionSettings.ts';
import type { Engine } from './engine.ts';
import { makeFunasr } from './funasr.ts';
import { makeIflytek } from './iflytek.ts';
import { makeOpenai } from './openai.ts';
import { makePocketsphinx } from './pocketsphinx.ts';
import { makeSherpa } from './sherpa/sherpa.ts';
import { makeVosk } from './vosk.ts';

const pocketsphinxModel = '/usr/share/pocketsphinx/model/en-us';

/** The speech engine that is configured; `undefined` where none is. The start has checked that its settings are there. */
export const makeEngine = (config: TranscriptionSettings, log: Log): Engine | undefined => {
  const { TRANSCRIBE_URL: url = '', TRANSCRIBE_TLS_VERIFY: verify, TRANSCRIBE_KEY: key } = config;
  switch (config.TRANSCRIBE_ENGINE) {
    case 'funasr':
      return makeFunasr({ url, verify });
    case 'vosk':
      return makeVosk({ url, verify });
    case 'openai':
      return makeOpenai({ url, key, model: config.TRANSCRIBE_MODEL, language: config.TRANSCRIBE_LANGUAGE });
    case 'iflytek':
      return makeIflytek({ url, verify, appId: config.TRANSCRIBE_APP_ID ?? '', key: key ?? '' });
    case 'sherpa': {
      const { TRANSCRIBE_MODEL: folder = '', TRANSCRIBE_LANGUAGE: language, SHERPA_THREADS: threads } = config;
      return makeSherpa({ folder, kind: config.SHERPA_KIND ?? 'transducer', language, threads }, log);
    }
    case 'pocketsphinx':
      return makePocketsphinx({
        python: config.POCKETSPHINX_PYTHON,
        model: config.TRANSCRIBE_MODEL ?? pocketsphinxModel,
        processes: config.POCKETSPHINX_PROCESSES,
      });
    case undefined:
      return undefined;
  }
};

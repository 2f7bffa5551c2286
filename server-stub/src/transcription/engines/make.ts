import type { TranscriptionSettings } from '../../transcriptionSettings.ts';
import type { Engine } from './engine.ts';
import { makePocketsphinx } from './pocketsphinx.ts';

const pocketsphinxModel = '/usr/share/pocketsphinx/model/en-us';

/** The speech engine that is configured; `undefined` where none is. */
export const makeEngine = (config: TranscriptionSettings): Engine | undefined => {
  if (config.TRANSCRIBE_ENGINE === undefined) return undefined;
  return makePocketsphinx({
    python: config.POCKETSPHINX_PYTHON,
    model: config.TRANSCRIBE_MODEL ?? pocketsphinxModel,
    processes: config.POCKETSPHINX_PROCESSES,
  });
};

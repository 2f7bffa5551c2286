import { perMs, sampleRate } from '../engine.ts';
import { loadLibrary, type OfflineRecogniser, type OnlineRecogniser, type OnlineStream } from './library.ts';
import type { Report } from './messages.ts';
import { decodingConfig, modelConfig, type SherpaModel } from './model.ts';

/** Silence that is appended, so that the model outputs the last word, in samples. */
const tail = new Float32Array(0.6 * sampleRate);
/** A sentence ends after such a pause, in seconds. Utterances end at pauses anyway, unless noise fills the pause. */
const pause = 1;

const toFloat = (samples: Int16Array): Float32Array => Float32Array.from(samples, (sample) => sample / 32768);

/** Transcribes many utterances at once. `step` does a bit of the work, and tells whether more is left. */
export type Recogniser = {
  take(id: number, samples: Int16Array): void;
  end(id: number): void;
  drop(id: number): void;
  step(): boolean;
};
type Say = (report: Report) => void;
type Stream = { id: number; stream: OnlineStream; samples: number; isEnded: boolean; said: string };

/** Models that transcribe while a participant speaks. */
const makeStreaming = (recogniser: OnlineRecogniser, say: Say): Recogniser => {
  const streams = new Map<number, Stream>();
  const of = (id: number): Stream => {
    const known = streams.get(id);
    if (known) return known;
    const made = { id, stream: recogniser.createStream(), samples: 0, isEnded: false, said: '' };
    streams.set(id, made);
    return made;
  };
  const accept = (stream: OnlineStream, samples: Float32Array) => stream.acceptWaveform({ samples, sampleRate });
  const finish = ({ id, stream, samples }: Stream): void => {
    const { text, timestamps, start_time } = recogniser.getResult(stream);
    if (text.trim() === '') return;
    say({ id, final: text, start: (start_time + (timestamps[0] ?? 0)) * 1000, end: samples / perMs });
  };
  return {
    take(id, samples) {
      const one = of(id);
      one.samples += samples.length;
      accept(one.stream, toFloat(samples));
    },
    end(id) {
      const one = of(id);
      accept(one.stream, tail);
      one.stream.inputFinished();
      one.isEnded = true;
    },
    drop: (id) => void streams.delete(id),
    step() {
      const ready = [...streams.values()].filter(({ stream }) => recogniser.isReady(stream));
      if (ready.length) recogniser.decodeStreams(ready.map(({ stream }) => stream));
      for (const one of ready) {
        const { text } = recogniser.getResult(one.stream);
        if (text !== one.said && text.trim() !== '') say({ id: one.id, interim: text });
        one.said = text;
        if (one.isEnded || !recogniser.isEndpoint(one.stream)) continue;
        finish(one);
        one.said = '';
        recogniser.reset(one.stream);
      }
      for (const one of streams.values()) {
        if (!one.isEnded || recogniser.isReady(one.stream)) continue;
        finish(one);
        say({ id: one.id, done: true });
        streams.delete(one.id);
      }
      return [...streams.values()].some(({ stream }) => recogniser.isReady(stream));
    },
  };
};

/** Models that want the whole utterance. */
const makeWhole = (recogniser: OfflineRecogniser, say: Say): Recogniser => {
  const heard = new Map<number, Int16Array[]>();
  const ended: number[] = [];
  return {
    take(id, samples) {
      heard.set(id, [...(heard.get(id) ?? []), samples]);
    },
    end: (id) => void ended.push(id),
    drop: (id) => void heard.delete(id),
    step() {
      const id = ended.shift();
      const parts = id === undefined ? undefined : heard.get(id);
      if (id !== undefined && parts) {
        heard.delete(id);
        const stream = recogniser.createStream();
        for (const samples of parts) stream.acceptWaveform({ samples: toFloat(samples), sampleRate });
        recogniser.decode(stream);
        const { text } = recogniser.getResult(stream);
        const end = parts.reduce((sum, { length }) => sum + length, 0) / perMs;
        if (text.trim() !== '') say({ id, final: text, start: 0, end });
        say({ id, done: true });
      }
      return ended.length > 0;
    },
  };
};

/** Loads a model. The library throws, or ends the process, when it cannot. */
export const loadRecogniser = (model: SherpaModel, say: Say): Recogniser => {
  const { OnlineRecognizer, OfflineRecognizer } = loadLibrary();
  const config = {
    featConfig: { sampleRate, featureDim: 80 },
    modelConfig: modelConfig(model),
    ...decodingConfig(model),
    // Longer than an utterance may be: none is cut within a word.
    ...{
      enableEndpoint: true,
      rule1MinTrailingSilence: 2.4,
      rule2MinTrailingSilence: pause,
      rule3MinUtteranceLength: 600,
    },
  };
  return model.kind === 'sense-voice'
    ? makeWhole(new OfflineRecognizer(config), say)
    : makeStreaming(new OnlineRecognizer(config), say);
};

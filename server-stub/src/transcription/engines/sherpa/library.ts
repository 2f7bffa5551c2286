import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

type Wave = { samples: Float32Array; sampleRate: number };
export type OnlineStream = { acceptWaveform(wave: Wave): void; inputFinished(): void };
export type OnlineRecogniser = {
  createStream(): OnlineStream;
  isReady(stream: OnlineStream): boolean;
  decodeStreams(streams: OnlineStream[]): void;
  isEndpoint(stream: OnlineStream): boolean;
  reset(stream: OnlineStream): void;
  /** Times are seconds; those of the tokens since `start_time`. */
  getResult(stream: OnlineStream): { text: string; timestamps: number[]; start_time: number };
};
type OfflineStream = { acceptWaveform(wave: Wave): void };
export type OfflineRecogniser = {
  createStream(): OfflineStream;
  decode(stream: OfflineStream): void;
  getResult(stream: OfflineStream): { text: string };
};
/** What is used of the package `sherpa-onnx-node`, which has no types of its own. */
type Library = {
  OnlineRecognizer: new (config: object) => OnlineRecogniser;
  OfflineRecognizer: new (config: object) => OfflineRecogniser;
};

/** Throws where the optional package is not installed. */
export const findLibrary = (): string => require.resolve('sherpa-onnx-node');
export const loadLibrary = (): Library => require('sherpa-onnx-node') as Library;

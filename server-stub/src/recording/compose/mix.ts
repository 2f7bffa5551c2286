import { type FileHandle, open } from 'node:fs/promises';
import { OpusDecoder } from 'opus-decoder';
import type { Sink } from './ffmpeg.ts';
import type { Loaded } from './tracks.ts';

export const sampleRate = 48_000;
/** A packet that is less far from where the one before ended follows it without a gap, in samples: clocks differ a little. */
const tolerance = 720;
/** Lost packets of up to this length are concealed by the decoder; longer gaps are silence, in samples. */
const concealed = 4800;
const window = 10 * sampleRate;
/** A packet of Opus is at most 120 ms long; concealment comes before it. */
const overhang = concealed + 5760;

/** Limits the sum of the audio of many participants to the valid range, without a kink in the curve. */
const limited = (value: number): number => {
  const size = Math.abs(value);
  return size <= 0.8 ? value : Math.sign(value) * (0.8 + 0.2 * Math.tanh((size - 0.8) / 0.2));
};

type Target = { left: Float32Array; right: Float32Array; from: number };

/** The audio of one track, decoded in order. */
class Voice {
  readonly #loaded: Loaded;
  readonly #startedAt: number;
  #next = 0;
  #end = Number.NEGATIVE_INFINITY;
  #lastStamp = 0;
  #decoder: OpusDecoder | undefined;
  #file: FileHandle | undefined;

  constructor(loaded: Loaded, startedAt: number) {
    this.#loaded = loaded;
    this.#startedAt = startedAt;
  }

  get isOver(): boolean {
    return this.#next >= this.#loaded.frames.length;
  }

  /** Adds what begins before `until` (in samples). */
  async add(target: Target, until: number): Promise<void> {
    const { frames, path } = this.#loaded;
    while (!this.isOver) {
      const frame = frames[this.#next];
      if (!frame) return;
      let place = Math.round(((frame.time - this.#startedAt) / 1000) * sampleRate);
      if (Math.abs(place - this.#end) < tolerance) place = this.#end;
      if (place >= until) return;
      this.#next++;
      this.#file ??= await open(path);
      if (!this.#decoder) {
        this.#decoder = new OpusDecoder({ channels: 2 });
        await this.#decoder.ready;
      }
      const packet = new Uint8Array(frame.size);
      await this.#file.read(packet, 0, frame.size, frame.offset);
      const gap = place - this.#end;
      const isLoss = gap >= tolerance && gap <= concealed && frame.timestamp - this.#lastStamp <= 2 * concealed;
      if (isLoss) this.#conceal(target, packet[0] ?? 0, place);
      const { channelData, samplesDecoded } = this.#decoder.decodeFrame(packet);
      sum(target, channelData, place, samplesDecoded);
      this.#end = place + samplesDecoded;
      this.#lastStamp = frame.timestamp;
    }
  }

  async close(): Promise<void> {
    this.#decoder?.free();
    this.#decoder = undefined;
    await this.#file?.close();
    this.#file = undefined;
  }

  /** A packet that consists of its first byte only makes the decoder conceal the loss. */
  #conceal(target: Target, first: number, until: number): void {
    while (this.#end < until) {
      const made = this.#decoder?.decodeFrame(Uint8Array.of(first & 0xfc));
      if (!made?.samplesDecoded) return;
      const fits = Math.min(made.samplesDecoded, until - this.#end);
      sum(target, made.channelData, this.#end, fits);
      this.#end += fits;
    }
  }
}

const sum = (target: Target, [left, right]: Float32Array[], place: number, count: number): void => {
  if (!left) return;
  for (let at = 0; at < count; at++) {
    const to = place - target.from + at;
    if (to < 0 || to >= target.left.length) continue;
    target.left[to] = (target.left[to] ?? 0) + (left[at] ?? 0);
    target.right[to] = (target.right[to] ?? 0) + ((right ?? left)[at] ?? 0);
  }
};

/** Writes the sum of all audio as interleaved 32-bit floats, stereo, 48 kHz, each sample at its time. */
export const mix = async (
  tracks: readonly Loaded[],
  { startedAt, samples, sink }: { startedAt: number; samples: number; sink: Sink },
): Promise<void> => {
  const voices = new Set(tracks.map((one) => new Voice(one, startedAt)));
  const target: Target = {
    left: new Float32Array(window + overhang),
    right: new Float32Array(window + overhang),
    from: 0,
  };
  try {
    for (; target.from < samples; target.from += window) {
      for (const voice of voices) {
        await voice.add(target, target.from + window);
        if (!voice.isOver) continue;
        await voice.close();
        voices.delete(voice);
      }
      const count = Math.min(window, samples - target.from);
      const mixed = new Float32Array(count * 2);
      for (let at = 0; at < count; at++) {
        mixed[2 * at] = limited(target.left[at] ?? 0);
        mixed[2 * at + 1] = limited(target.right[at] ?? 0);
      }
      if (!(await sink.write(new Uint8Array(mixed.buffer)))) return;
      for (const side of [target.left, target.right]) {
        side.copyWithin(0, window);
        side.fill(0, overhang);
      }
    }
  } finally {
    await Promise.all([...voices].map((voice) => voice.close()));
  }
};

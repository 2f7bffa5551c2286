import type { Bitrate } from '@meetframe/contract';

export type Direction = 'inbound-rtp' | 'outbound-rtp';
/** Counters at one moment: bytes and frames since the start, and the size of the largest video. */
export type Sample = { at: number; audio: number; video: number; frames: number; width: number; height: number };

/** Adds up bytes and frames of one direction in the reports, and finds the largest video. `at` in milliseconds. */
export const sampleOf = (reports: Iterable<RTCStatsReport>, direction: Direction, at: number): Sample => {
  const [bytes, frames] =
    direction === 'inbound-rtp' ? ['bytesReceived', 'framesDecoded'] : ['bytesSent', 'framesEncoded'];
  const sample: Sample = { at, audio: 0, video: 0, frames: 0, width: 0, height: 0 };
  for (const report of reports)
    for (const entry of report.values()) {
      if (entry.type !== direction) continue;
      if (entry.kind === 'audio') {
        sample.audio += entry[bytes] ?? 0;
        continue;
      }
      sample.video += entry[bytes] ?? 0;
      // The layers of a video contain the same frames, which count once.
      sample.frames = Math.max(sample.frames, entry[frames] ?? 0);
      if ((entry.frameWidth ?? 0) > sample.width)
        [sample.width, sample.height] = [entry.frameWidth, entry.frameHeight ?? 0];
    }
  return sample;
};

/** Rates between two samples. Without a new frame the size of the video is 0 × 0. */
export const rateBetween = (before: Sample, after: Sample): Bitrate => {
  const seconds = Math.max((after.at - before.at) / 1000, 0.001);
  // The counters of a new producer start at 0.
  const rate = (now: number, then: number) => Math.max(0, now - then) / seconds;
  const kbps = (now: number, then: number) => Math.round((rate(now, then) * 8) / 1000);
  const fps = Math.round(rate(after.frames, before.frames));
  return {
    audio: { kbps: kbps(after.audio, before.audio) },
    video: {
      kbps: kbps(after.video, before.video),
      fps,
      width: fps > 0 ? Math.round(after.width) : 0,
      height: fps > 0 ? Math.round(after.height) : 0,
    },
  };
};

/** Milliseconds over which rates are measured: shorter spans vary too much, longer ones are out of date. */
const shortest = 900;
const longest = 3_000;

type Measured = { getStats(): Promise<RTCStatsReport> };

/** Measures rates; `sources` gives the current producers or consumers. */
export const createMeter = () => {
  const samples = new Map<string, Sample>();
  const running = new Map<string, Promise<Bitrate>>();

  const measure = async (key: string, direction: Direction, sources: () => Measured[]): Promise<Bitrate> => {
    const read = async (): Promise<Sample> => {
      const reports = await Promise.all(sources().map((source) => source.getStats().catch(() => undefined)));
      return sampleOf(
        reports.filter((report) => report !== undefined),
        direction,
        performance.now(),
      );
    };
    let before = samples.get(key);
    if (!before || performance.now() - before.at > longest) before = await read();
    const wait = shortest - (performance.now() - before.at);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const after = await read();
    samples.set(key, after);
    return rateBetween(before, after);
  };

  return {
    /** Two calls at the same moment get the same answer. */
    measure(key: string, direction: Direction, sources: () => Measured[]): Promise<Bitrate> {
      const known = running.get(key);
      if (known) return known;
      const fresh = measure(key, direction, sources).finally(() => running.delete(key));
      running.set(key, fresh);
      return fresh;
    },
    forget(): void {
      samples.clear();
    },
  };
};

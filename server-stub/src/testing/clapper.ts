import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { types } from 'mediasoup-client';
import * as werift from 'werift';
import { packetsOf } from './speech.ts';

const audioLevel = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
/** A clap every second: a white picture and a loud tone for 120 ms. In between a dark picture and a quiet tone. */
const period = 1;
export const frameRate = 25;

/** The frames of a file in the format IVF. */
export const framesOfIvf = (ivf: Buffer): Buffer[] => {
  const frames: Buffer[] = [];
  for (let at = 32; at + 12 <= ivf.length; ) {
    const size = ivf.readUInt32LE(at);
    frames.push(ivf.subarray(at + 12, at + 12 + size));
    at += 12 + size;
  }
  return frames;
};

/** VP8 at the least cost. */
export const quickVp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '-16', '-threads', '1'];

export type Clap = { video: Buffer[]; audio: Buffer[] };
const made = new Map<string, Clap>();

/** One period of claps, as VP8 frames of one packet each that begin with a key frame, and as Opus packets of 20 ms. */
export const clap = (size = '320x180'): Clap => {
  const known = made.get(size);
  if (known) return known;
  const folder = mkdtempSync(join(tmpdir(), 'clapper-'));
  const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...args]);
  try {
    const [video, audio] = [join(folder, 'a.ivf'), join(folder, 'a.ogg')];
    const picture = `color=c=0x203040:s=${size}:r=${frameRate}:d=${period}`;
    const white = "drawbox=t=fill:color=white:enable='lt(t,0.119)'";
    ffmpeg('-f', 'lavfi', '-i', `${picture},${white}`, '-g', '10', '-b:v', '100k', ...quickVp8, video);
    const tone = `aevalsrc=if(lt(t\\,0.12)\\,0.5*sin(2*PI*1000*t)\\,0.05*sin(2*PI*200*t)):s=48000:d=${period}`;
    ffmpeg('-f', 'lavfi', '-i', tone, '-c:a', 'libopus', '-b:a', '48k', '-frame_duration', '20', audio);
    const one = {
      video: framesOfIvf(readFileSync(video)),
      audio: packetsOf(readFileSync(audio)).slice(0, period * 50),
    };
    made.set(size, one);
    return one;
  } catch (error) {
    throw new Error('Media for tests cannot be made: sudo apt-get install -y ffmpeg', { cause: error });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Now, as an NTP timestamp: seconds since 1900 in 32.32 bits. */
export const ntpNow = (): bigint =>
  BigInt(Math.round((performance.timeOrigin + performance.now() + 2_208_988_800_000) * (2 ** 32 / 1000)));

/**
 * Sender reports that say what a browser's do: the timestamp of now. Those of werift name the last packet, and the time at which it was
 * to be sent, which a busy process did not keep.
 */
const reportByClock = (sender: object, ticks: () => number): void => {
  const { timestampOffset } = sender as { timestampOffset: number };
  const ignored = { set: () => undefined };
  Object.defineProperties(sender, {
    ntpTimestamp: { get: ntpNow, ...ignored },
    rtpTimestamp: { get: () => (ticks() + timestampOffset) >>> 0, ...ignored },
  });
};

/** Sends claps as a microphone and a camera, by the clock: what a busy machine delays is sent at once afterwards. */
export class Clapper {
  /** All clap by this clock: `performance.now()` of a clap without a delay. */
  static readonly origin = performance.now();
  readonly #claps = clap();
  readonly #delay: number;
  readonly #speed: number;
  readonly producers: types.Producer[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** `delay`: how much later than the others it claps, in ms, a multiple of 40. `drift`: how much faster its clock is, in parts of a million. */
  constructor({ delay = 0, drift = 0 } = {}) {
    this.#delay = delay;
    this.#speed = 1 + drift / 1e6;
  }

  /** Its clock, in ms. */
  get #now(): number {
    return (performance.now() - Clapper.origin) * this.#speed;
  }

  async start(
    { send }: { send: types.Transport },
    kinds: readonly ('audio' | 'video')[] = ['audio', 'video'],
  ): Promise<this> {
    const steps: (() => void)[] = [];
    for (const kind of kinds) {
      const track = new werift.MediaStreamTrack({ kind });
      const producer = await send.produce({ track: track as never, stopTracks: false });
      this.producers.push(producer);
      reportByClock(producer.rtpSender ?? {}, () => Math.round(this.#now * (kind === 'audio' ? 48 : 90)));
      const { codecs, headerExtensions = [] } = producer.rtpParameters;
      const levelId = headerExtensions.find(({ uri }) => uri === audioLevel)?.id;
      const [length, ticks] = kind === 'audio' ? [20, 960] : [1000 / frameRate, 90_000 / frameRate];
      const list = this.#claps[kind];
      const due = (): number => this.#now / length;
      const shift = this.#delay / length;
      let next = Math.ceil(due());
      // A camera begins with a key frame, as a browser's does.
      if (kind === 'video') while ((next - shift) % list.length) next++;
      let sequence = 0;
      steps.push(() => {
        for (; next <= due(); next++) {
          const payload = list[(next - shift + list.length) % list.length] ?? Buffer.alloc(0);
          const header = new werift.RtpHeader({
            payloadType: codecs[0]?.payloadType ?? 0,
            sequenceNumber: sequence++ & 0xffff,
            timestamp: (next * ticks) >>> 0,
            ssrc: 1,
            marker: true,
            extension: true,
            extensionProfile: 0xbede,
            extensions: levelId === undefined ? [] : [{ id: levelId, payload: Buffer.from([0x80 | 26]) }],
          });
          track.writeRtp(
            new werift.RtpPacket(header, kind === 'audio' ? payload : Buffer.concat([Buffer.from([0x10]), payload])),
          );
        }
      });
    }
    this.#timer = setInterval(() => {
      for (const step of steps) step();
    }, 5);
    return this;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** When the claps of a film are seen and heard, in seconds. */
export const clapsIn = (file: string): { seen: number[]; heard: number[] } => {
  const run = (...args: string[]): Buffer =>
    execFileSync('ffmpeg', ['-loglevel', 'error', '-i', file, ...args, '-'], { maxBuffer: 2 ** 30 });
  const onsets = (values: ArrayLike<number>, least: number): number[] =>
    Array.from(values).flatMap((value, at) => (value >= least && (values[at - 1] ?? 0) < least ? [at] : []));
  const grey = run('-vf', 'scale=1:1:flags=area,format=gray', '-f', 'rawvideo');
  const sound = run('-ac', '1', '-ar', '8000', '-f', 'f32le');
  const samples = new Float32Array(sound.buffer.slice(sound.byteOffset, sound.byteOffset + sound.length));
  const peaks = Array.from({ length: Math.floor(samples.length / 40) }, (_, at) =>
    samples.subarray(at * 40, at * 40 + 40).reduce((most, one) => Math.max(most, Math.abs(one)), 0),
  );
  return { seen: onsets(grey, 160).map((at) => at / frameRate), heard: onsets(peaks, 0.2).map((at) => at * 0.005) };
};

/** Facts of a film as ffprobe states them. */
export const probe = (file: string) => {
  const asked = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', file];
  const { streams, format } = JSON.parse(execFileSync('ffprobe', asked, { encoding: 'utf8' })) as {
    streams: Record<string, unknown>[];
    format: { duration: string };
  };
  return { streams, duration: Number(format.duration) };
};

/** Someone who claps, as given to `Clapper`. */
export type ClapsBy = { delay?: number; drift?: number };

/**
 * Whose each clap of a film is, as a place in `people`, and by how many ms it comes later than it was made. The delays of people must
 * differ.
 *
 * @param at seconds of the film
 * @param begin ms since 1970 of the film's beginning
 */
export const latenessOf = (at: number, begin: number, people: readonly ClapsBy[]): { who: number; late: number } => {
  const elapsed = begin + at * 1000 - performance.timeOrigin - Clapper.origin;
  const all = people.map(({ delay = 0, drift = 0 }, who) => {
    const since = elapsed * (1 + drift / 1e6) - delay;
    return { who, late: since - Math.round(since / 1000) * 1000 };
  });
  return all.reduce((best, one) => (Math.abs(one.late) < Math.abs(best.late) ? one : best));
};

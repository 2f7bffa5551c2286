import { OpusDecoder } from 'opus-decoder';
import type { RtpPacket } from '../media/receive/rtp.ts';
import { perMs, sampleRate } from './engines/engine.ts';

/** RTP ticks of Opus, 48 a millisecond, in samples. */
const ticksPerSample = 48 / perMs;
/** A longer gap is not filled: the timestamps have jumped. */
const longestGap = sampleRate;

const toInt16 = (samples: Float32Array): Int16Array => {
  const whole = new Int16Array(samples.length);
  for (let at = 0; at < samples.length; at++)
    whole[at] = Math.max(-32768, Math.min(32767, Math.round((samples[at] as number) * 32768)));
  return whole;
};

/** Decodes the Opus packets of one microphone to samples. Lost packets become silence, so that times stay right; late ones are dropped. */
export class Decoder {
  readonly #opus = new OpusDecoder({ sampleRate, channels: 1 });
  #isReady = false;
  #last: { sequence: number; end: number } | undefined;
  #closed = false;

  /** Resolves once packets can be decoded. */
  async open(): Promise<this> {
    await this.#opus.ready;
    this.#isReady = true;
    if (this.#closed) this.#opus.free();
    return this;
  }

  /** Begins a new utterance: what is missing before it is no loss. */
  restart(): void {
    this.#last = undefined;
  }

  decode({ sequence, timestamp, payload }: RtpPacket): Int16Array[] {
    if (!this.#isReady || this.#closed || payload.length === 0) return [];
    const last = this.#last;
    if (last && ((sequence - last.sequence) & 0xffff) > 0x7fff) return [];
    if (last && sequence === last.sequence) return [];
    const { channelData, samplesDecoded } = this.#opus.decodeFrame(payload);
    const missing = last ? ((timestamp - last.end) >>> 0) / ticksPerSample : 0;
    this.#last = { sequence, end: (timestamp + samplesDecoded * ticksPerSample) >>> 0 };
    const samples = toInt16((channelData[0] ?? new Float32Array()).subarray(0, samplesDecoded));
    return missing >= 1 && missing <= longestGap ? [new Int16Array(missing), samples] : [samples];
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#isReady) this.#opus.free();
  }
}

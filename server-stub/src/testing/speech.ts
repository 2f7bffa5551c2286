import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from './mediaClient.ts';

/** What the tests of transcription need on the machine. */
const speechPackages = 'flite ffmpeg python3-pocketsphinx pocketsphinx-en-us';

/** The packets of an Ogg stream (RFC 3533), without its two headers. */
export const packetsOf = (ogg: Buffer): Buffer[] => {
  const packets: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let at = 0; at + 27 <= ogg.length; ) {
    const sizes = ogg.subarray(at + 27, at + 27 + ogg.readUInt8(at + 26));
    at += 27 + sizes.length;
    for (const size of sizes) {
      parts.push(ogg.subarray(at, at + size));
      at += size;
      if (size === 255) continue;
      packets.push(Buffer.concat(parts));
      parts = [];
    }
  }
  return packets.slice(2);
};

/** The level of 20 ms of samples in dBov, as a client sends it. */
const levelOf = (samples: Int16Array): number => {
  const power = samples.reduce((sum, sample) => sum + (sample / 32768) ** 2, 0) / Math.max(1, samples.length);
  return Math.max(-127, Math.min(0, Math.round(10 * Math.log10(power + 1e-13))));
};

/** A sentence spoken by a synthesiser: as samples at 16 kHz, and as Opus packets of a microphone. Throws with the command that installs what is missing. */
export const speak = (text: string): { samples: Int16Array; frames: Frame[] } => {
  const folder = mkdtempSync(join(tmpdir(), 'speech-'));
  const path = (name: string) => join(folder, name);
  const convert = (...to: string[]) =>
    execFileSync('ffmpeg', ['-loglevel', 'error', '-y', '-i', path('a.wav'), '-ac', '1', ...to]);
  try {
    execFileSync('flite', ['-voice', 'slt', '-t', text, '-o', path('a.wav')], { stdio: 'ignore' });
    convert('-ar', '16000', '-f', 's16le', path('a.raw'));
    convert('-ar', '48000', '-c:a', 'libopus', '-b:a', '32k', '-frame_duration', '20', path('a.ogg'));
    const raw = readFileSync(path('a.raw'));
    const samples = new Int16Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length - (raw.length % 2)));
    const frames = packetsOf(readFileSync(path('a.ogg'))).map((payload, index) => ({
      payload,
      level: levelOf(samples.subarray(index * 320, (index + 1) * 320)),
    }));
    return { samples, frames };
  } catch (error) {
    throw new Error(`Speech cannot be made: sudo apt-get install -y ${speechPackages}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

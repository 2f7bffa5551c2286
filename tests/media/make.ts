import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** People of the tests: a colour and a tone each, so that a test can tell whom it sees and hears. */
export const people = {
  alice: { colour: 'red', rgb: [254, 0, 0], frequency: 440 },
  bob: { colour: 'green', rgb: [0, 128, 0], frequency: 880 },
  carol: { colour: 'blue', rgb: [0, 0, 254], frequency: 1320 },
} as const;
export type Person = keyof typeof people;

const folder = join(import.meta.dirname, '.generated');

const make = (path: string, args: string[]): string => {
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  // Of this process alone: another may be making the same.
  const partial = path.replace(/(\.\w+)$/, `.${process.pid}$1`);
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args, partial]);
  renameSync(partial, path);
  return path;
};

/**
 * Files for Chromium's fake camera (a colour with a moving box) and microphone (a tone). Made once, kept. Chromium takes the rate of the
 * camera from a Y4M file. Two cores cannot encode and decode 30 frames a second for all people of two tests at once.
 */
export const mediaFor = (person: Person, rate = 12): { video: string; audio: string } => {
  const { colour, frequency } = people[person];
  const picture = `color=c=${colour}:s=640x360:r=${rate}:d=4`;
  const box = `[0:v][1:v]overlay=x='mod(t*120,560)':y=20:shortest=1`;
  return {
    video: make(join(folder, `${person}-${rate}.y4m`), [
      ...['-f', 'lavfi', '-i', picture],
      ...['-f', 'lavfi', '-i', `color=c=white:s=60x60:r=${rate}:d=4`],
      ...['-filter_complex', box, '-pix_fmt', 'yuv420p'],
    ]),
    audio: make(join(folder, `${person}.wav`), [
      '-f',
      'lavfi',
      '-i',
      `sine=frequency=${frequency}:sample_rate=48000:duration=10`,
      '-af',
      'volume=2',
      '-ac',
      '1',
    ]),
  };
};

/** A file for Chromium's fake microphone: a sentence by a speech synthesiser, then silence, again and again. */
export const speech = (text: string): string => {
  const path = join(folder, `${text.replaceAll(/\W/g, '-')}.wav`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const spoken = `${path}.${process.pid}.wav`;
  execFileSync('flite', ['-voice', 'slt', '-t', text, '-o', spoken], { stdio: 'ignore' });
  return make(path, ['-i', spoken, '-af', 'apad=pad_dur=1.5', '-ar', '48000', '-ac', '1']);
};

/** Four seconds of a voice that pauses, in noise. */
export const noisyVoice = (): string =>
  make(join(folder, 'noisyVoice.wav'), [
    ...['-f', 'lavfi', '-i', `flite=text='One two three four five':voice=kal`],
    ...['-f', 'lavfi', '-i', 'anoisesrc=color=pink:amplitude=0.06:sample_rate=48000:duration=4'],
    ...['-filter_complex', '[0:a]aresample=48000,apad,atrim=0:4[voice];[voice][1:a]amix=inputs=2:normalize=0'],
    ...['-ac', '1', '-ar', '48000'],
  ]);

/** A finished recording: ten seconds of a test picture with a tone, which browsers play. */
export const recording = (): { path: string; duration: number } => ({
  path: make(join(folder, 'recording.webm'), [
    '-f',
    'lavfi',
    '-i',
    'testsrc2=size=640x360:rate=25:duration=10',
    '-f',
    'lavfi',
    '-i',
    'sine=frequency=440:duration=10',
    '-c:v',
    'libvpx',
    '-b:v',
    '300k',
    '-c:a',
    'libopus',
  ]),
  duration: 10,
});

import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probe } from '../../testing/clapper.ts';
import { makePocketsphinx } from './pocketsphinx.ts';

const pathOf = (language: string): string =>
  join(import.meta.dirname, '../../../../widget/src/ui/recording/announcements', `${language}.mp3`);

test.each(['en', 'zh-CN'])('[3.35] the announcement of a recording in %s is short, and loud enough', (language) => {
  const filter = ['-af', 'silencedetect=n=-45dB:d=0.25,ebur128', '-f', 'null', '-'];
  const args = ['-hide_banner', '-nostats', '-i', pathOf(language), ...filter];
  const said = spawnSync('ffmpeg', args, { encoding: 'utf8' }).stderr;
  const loudness = Number(/Summary:[\s\S]*?I:\s+(-?[\d.]+) LUFS/.exec(said)?.[1]);
  expect(loudness).toBeGreaterThan(-20);
  expect(loudness).toBeLessThan(-14);
  expect(said).not.toMatch(/silence_start: 0\b/);
  const { duration } = probe(pathOf(language));
  expect(duration).toBeGreaterThan(1.5);
  expect(duration).toBeLessThan(4);
});

// There is no recogniser for Chinese to be had.
test('[3.35] the English announcement of a recording is understood', async () => {
  const raw = ['-ar', '16000', '-ac', '1', '-f', 's16le', '-'];
  const bytes = execFileSync('ffmpeg', ['-v', 'error', '-i', pathOf('en'), ...raw]);
  const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const engine = makePocketsphinx({
    ...{ python: '/usr/bin/python3', model: '/usr/share/pocketsphinx/model/en-us', processes: 1 },
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const hearing = engine.open(
    { hotWords: [] },
    { interim: () => undefined, final: resolve, done: () => undefined, failed: reject },
  );
  hearing.push(samples);
  hearing.end();
  expect(await promise).toBe('this meeting is being recorded');
  engine.close();
});

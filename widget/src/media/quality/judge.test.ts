import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { basis, type Got, gotOf, type Sent, sentOf } from './counters.ts';
import { type Grade, gradeAt, judgeDownload, judgeUpload, type Steady, settle, steady } from './judge.ts';

/**
 * What Chromium counted every two seconds in a meeting of two: on a good line, on one that carries 64 kbit/s to the browser, and on
 * one that loses every other packet.
 */
type Moment = { line: string; at: number; send: Entry[]; receive: Entry[] };
type Entry = { type: string; id: string; trackIdentifier?: string };
const recorded = readFileSync(join(import.meta.dirname, 'recorded.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((text) => JSON.parse(text) as Moment);
const reportOf = (entries: Entry[]): RTCStatsReport => new Map(entries.map((entry) => [entry.id, entry])) as never;

/** Levels and verdicts of both directions over one recorded line. */
const follow = (line: string) => {
  const moments = recorded
    .filter((moment) => moment.line === line)
    .map(({ at, send, receive }) => ({ sent: sentOf(reportOf(send)), got: gotOf(reportOf(receive), at) }));
  let [up, down] = [steady, steady];
  let before: { sent: Sent; got: Got } | undefined;
  const uploads = [];
  const downloads = [];
  for (const now of moments) {
    if (before) {
      const upload = judgeUpload(before.sent, now.sent);
      const download = judgeDownload(before.got, now.got);
      if (upload) {
        uploads.push(upload);
        up = settle(up, upload.grade, 2);
      }
      downloads.push(download);
      down = settle(down, download.grade, 3);
    }
    before = before ? { ...now, sent: basis(before.sent, now.sent) } : now;
  }
  return { uploads, downloads, up: up.level, down: down.level };
};

test('[3.25] a recorded good line is good both ways', () => {
  const { uploads, downloads, up, down } = follow('calm');
  expect([up, down]).toEqual([0, 0]);
  expect(uploads.length).toBeGreaterThan(0);
  expect(downloads.at(-1)?.figures).toMatchObject({ width: 320, height: 180, gaps: 0, frozen: 0 });
});

test('[3.25] a recorded line that is narrow towards the browser is bad for what is received only', () => {
  const { uploads, downloads, up, down } = follow('narrow');
  expect(downloads[0]).toMatchObject({ grade: 'bad', reason: 'loss' });
  expect(downloads[0]?.figures.gaps).toBeGreaterThan(20);
  // So bad for so long that even the lowest layer was too much: without video the audio has no gaps any more.
  expect(down).toBe(3);
  expect(downloads.at(-1)).toMatchObject({ grade: 'good', figures: { gaps: 0 } });
  expect(uploads[0]).toMatchObject({ grade: 'good', figures: { loss: 0 } });
  expect(up).toBe(0);
});

test('[3.25] a recorded line that loses every other packet is bad both ways', () => {
  const { uploads, downloads, down } = follow('lossy');
  expect(uploads[0]).toMatchObject({ grade: 'bad', reason: 'loss' });
  for (const { figures } of downloads) expect(figures.loss).toBeGreaterThan(30);
  expect(down).toBe(2);
});

test('the server reports seldom: without a new report there is no verdict on what is sent, and nothing is forgotten', () => {
  const sent = (packets: number, lost: number, reportedAt: number): Sent => ({
    streams: new Map([[1, { packets, lost, reportedAt }]]),
    rtt: 20,
    available: undefined,
    hasVideo: false,
  });
  const first = sent(1000, 0, 1);
  expect(judgeUpload(first, sent(1100, 0, 1))).toBeUndefined();
  const kept = basis(first, sent(1100, 0, 1));
  expect(judgeUpload(kept, sent(1200, 40, 2))).toMatchObject({ grade: 'bad', figures: { loss: 20 } });
});

const got = (at: number, more: object): Got => ({
  at,
  rtt: 20,
  streams: new Map(
    ['a', 'b'].map((id) => [
      id,
      {
        ...{ packets: at, lost: 0, bytes: 0, waited: 0, emitted: 0, frozen: 0, samples: at * 48, concealed: 0 },
        ...{ frames: 0, width: 0, height: 0 },
        ...(id === 'a' && more),
      },
    ]),
  ),
});

test('each participant is judged by what comes from them, and a busy machine is no weak line', () => {
  const now = got(2000, { lost: 300 });
  expect(judgeDownload(got(1000, {}), now, (id) => id === 'a')).toMatchObject({ grade: 'bad', figures: { loss: 23 } });
  expect(judgeDownload(got(1000, {}), now, (id) => id === 'b')).toMatchObject({ grade: 'good', figures: { loss: 0 } });
  const stalls = { frozen: 0.9, width: 640, concealed: 20_000 };
  expect(judgeDownload(got(1000, { width: 640 }), got(2000, stalls))).toMatchObject({
    grade: 'good',
    figures: { frozen: 90 },
  });
});

const after = (from: Steady, list: string, last: 2 | 3 = 3): number[] => {
  const names: Record<string, Grade> = { g: 'good', w: 'weak', b: 'bad' };
  let state = from;
  return [...list].map((letter) => {
    state = settle(state, names[letter] as Grade, last);
    return state.level;
  });
};

test('one bad moment changes nothing, two do, and it takes longer until a line counts as good again', () => {
  expect(after(steady, 'bgbgb')).toEqual([0, 0, 0, 0, 0]);
  expect(after(steady, 'bwgggg')).toEqual([0, 1, 1, 1, 1, 0]);
  expect(after(steady, 'bbbbbbgggg', 2)).toEqual([0, 2, 2, 2, 2, 2, 2, 2, 2, 1]);
  expect(after(steady, 'bbbb')).toEqual([0, 2, 2, 3]);
  expect(gradeAt({ ...steady, level: 3 })).toBe('bad');
});

test('a line that relapses is trusted later each time', () => {
  const levels = after(steady, `ww${'gggg'}ww${'g'.repeat(8)}`);
  expect(levels.slice(0, 8)).toEqual([0, 1, 1, 1, 1, 0, 0, 1]);
  expect(levels.slice(8)).toEqual([1, 1, 1, 1, 1, 1, 1, 0]);
});

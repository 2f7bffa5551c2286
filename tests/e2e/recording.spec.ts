import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Frame } from '@playwright/test';
import { type Person, people } from '../media/make.ts';
import { call, heard, listen, must, roomFor } from './support/api.ts';
import { enter, expect, fillWindow, oa, type Participant, sees, soundOnly, test } from './support/people.ts';

test.setTimeout(180_000);

/** Playwright turns off the partitioning of storage, and with it all storage in frames, unless other features are turned off. */
const recording = { whole: true, flags: ['--auto-accept-this-tab-capture', '--disable-features=Translate'] };

const probe = (path: string): { duration: number; codecs: string[] } => {
  const args = ['-v', 'error', '-show_entries', 'format=duration:stream=codec_name', '-of', 'json', path];
  const { format, streams } = JSON.parse(execFileSync('ffprobe', args, { encoding: 'utf8' }));
  return {
    duration: Number(format.duration),
    codecs: streams.map(({ codec_name }: { codec_name: string }) => codec_name).toSorted(),
  };
};
/** Loudness around somebody's tone from a second on, in decibels. */
const loudness = (path: string, frequency: number, from: number): number => {
  const filter = `bandpass=f=${frequency}:width_type=h:w=20,bandpass=f=${frequency}:width_type=h:w=20,volumedetect`;
  const args = ['-hide_banner', '-nostats', '-ss', String(from), '-i', path, '-vn', '-af', filter, '-f', 'null', '-'];
  const said = execFileSync('sh', ['-c', `ffmpeg ${args.map((each) => `'${each}'`).join(' ')} 2>&1`], {
    encoding: 'utf8',
  });
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(said)?.[1] ?? -100);
};
const isHeard = (path: string, person: Person, from = 0): boolean =>
  loudness(path, people[person].frequency, from) - loudness(path, people[person].frequency + 150, from) > 15;

/** Whether somebody's colour is in the middle of the left or the right half of the film. */
const isSeen = (path: string, person: Person, at: number): boolean =>
  [300, 940].some((left) => {
    const part = ['-frames:v', '1', '-vf', `crop=40:40:${left}:340,scale=1:1`, '-f', 'rawvideo', '-pix_fmt', 'rgb24'];
    const colour = execFileSync('ffmpeg', ['-v', 'error', '-ss', String(at), '-i', path, ...part, '-']);
    return people[person].rgb.every((value, index) => Math.abs(value - (colour[index] ?? 0)) < 70);
  });

/** Seconds on the clock of a recording. */
const clockOf = async ({ widget }: Participant, bar: string): Promise<number> => {
  const parts = (await (await widget()).getByTestId(bar).getByRole('timer').textContent())?.split(':') ?? [];
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
};
/** Waits until so many seconds are recorded. */
const recorded = async (one: Participant, seconds: number, bar = 'record-bar'): Promise<void> => {
  await expect.poll(() => clockOf(one, bar), { timeout: 60_000 }).toBeGreaterThanOrEqual(seconds);
};
/** Waits until so many pieces of a local recording are on the device, which a slow machine writes later than the clock says. */
const stored = async (widget: Frame, pieces: number): Promise<void> => {
  const count = () =>
    widget.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('recordings');
      let most = 0;
      for await (const each of folder.values()) {
        const names = new Set<string>();
        for await (const name of (each as FileSystemDirectoryHandle).keys()) names.add(name);
        const facts = await (each as FileSystemDirectoryHandle).getFileHandle('facts.json');
        if (JSON.parse(await (await facts.getFile()).text()).use === 'local')
          most = Math.max(most, [...names].filter((name) => /^\d{8}$/.test(name)).length);
      }
      return most;
    });
  await expect.poll(() => count().catch(() => 0), { timeout: 60_000 }).toBeGreaterThanOrEqual(pieces);
};
/** A file of a recording, as its link gives it. */
const fetched = async ({ context }: Participant, comment: string, name: string): Promise<string> => {
  const answer = await context.request.get(`${process.env.PLATFORM_ORIGIN}/app/upload/videos/${comment}`);
  const path = test.info().outputPath(name);
  writeFileSync(path, await answer.body());
  return path;
};
const types = async (one: Participant): Promise<string[]> =>
  (await heard(one.page, 'onLocalRecord')).map(({ type }) => type);

test('[3.13] [3.14] [3.15] [3.16] [3.31] [3.32] [2.31] the meeting is recorded on the device and to the platform with everybody’s sound; pauses are left out, a lost line and a closed tab lose nothing', async ({
  join,
}) => {
  const alice = await join('alice', { ...oa('alice'), ...recording });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  await enter(alice, roomId, {}, soundOnly);
  await enter(bob, roomId, {}, soundOnly);
  await listen(alice.page, 'onLocalRecord');
  for (const name of ['stopLocalRecord', 'pauseLocalRecord', 'resumeLocalRecord', 'stopRecordScreen'])
    expect((await call(alice.page, `meeting.${name}`)).code).toBe('CONFLICT');
  expect((await call(bob.page, 'meeting.startRecordScreen')).code).toBe('FORBIDDEN');
  const find = async (id: number) => {
    const { recordList } = await must(alice.page, 'getRecordByRange', { pageNo: 0, pageSize: 20 });
    return recordList.find((each: { id: number }) => each.id === id);
  };

  const startedAt = performance.now();
  await must(alice.page, 'meeting.startLocalRecord', { fileName: 'Weekly: 周会' });
  expect((await call(alice.page, 'meeting.startLocalRecord', { fileName: 'x' })).code).toBe('CONFLICT');
  await recorded(alice, 3);
  await must(alice.page, 'meeting.pauseLocalRecord');
  const from = performance.now();
  // What is said in the pause is not in the file.
  await expect.poll(() => performance.now() - from > 2000).toBe(true);
  await must(alice.page, 'meeting.resumeLocalRecord');
  await recorded(alice, 5);
  const [download, answer] = await Promise.all([
    alice.page.waitForEvent('download'),
    must(alice.page, 'meeting.stopLocalRecord'),
  ]);
  const took = (performance.now() - startedAt) / 1000;
  expect(download.suggestedFilename()).toBe('Weekly 周会.webm');
  expect(answer).toEqual({ fileName: 'Weekly 周会.webm', size: expect.any(Number) });
  expect(await types(alice)).toEqual(['start', 'pause', 'resume', 'stop'].map((what) => `${what}LocalRecord`));
  const path = await download.path();
  const { duration, codecs } = probe(path);
  expect(codecs).toEqual(['opus', 'vp8']);
  expect(duration).toBeGreaterThan(4);
  expect(duration).toBeLessThan(took - 2);
  for (const person of ['alice', 'bob'] as const) expect(isHeard(path, person), person).toBe(true);
  // It can be searched: the second half is there by itself.
  expect(isHeard(path, 'bob', duration / 2)).toBe(true);

  const first = await must(alice.page, 'meeting.startRecordScreen', { fileName: 'Over a bad line' });
  await recorded(alice, 2, 'record-platform');
  expect(await find(first.recordId)).toMatchObject({ name: 'Over a bad line', status: 1 });
  await alice.context.setOffline(true);
  await recorded(alice, 5, 'record-platform');
  await alice.context.setOffline(false);
  await recorded(alice, 6, 'record-platform');
  expect(await must(alice.page, 'meeting.stopRecordScreen')).toEqual(first);
  await expect.poll(() => find(first.recordId), { timeout: 30_000 }).toMatchObject({ status: 0 });
  const record = await find(first.recordId);
  const uploaded = await fetched(alice, record.comment, 'uploaded.webm');
  const upload = probe(uploaded);
  expect(upload.codecs).toEqual(['opus', 'vp8']);
  expect(upload.duration).toBeGreaterThan(5);
  expect(Math.abs(record.duration - upload.duration)).toBeLessThan(0.1);
  for (const person of ['alice', 'bob'] as const) expect(isHeard(uploaded, person), person).toBe(true);

  // From here on the tab is closed without a word; first while the line is down.
  const open = async (): Promise<Frame> => {
    await alice.page.reload();
    await alice.page.waitForFunction(() => 'rtcPeer' in window);
    return await enter(alice, roomId, {}, soundOnly);
  };
  const second = await must(alice.page, 'meeting.startRecordScreen');
  await recorded(alice, 2, 'record-platform');
  await alice.context.setOffline(true);
  await recorded(alice, 5, 'record-platform');
  await alice.page.evaluate(() => document.querySelector('iframe')?.remove());
  await alice.context.setOffline(false);
  const next = await open();
  await fillWindow(alice.page);
  await next.getByTestId('open-settings').click();
  await next.getByTestId('record-start').click();
  await expect(next.getByTestId('settings')).toHaveCount(0);
  await stored(next, 3);
  const again = await open();
  await expect(again.getByTestId('record-left')).toBeVisible();
  const [rest] = await Promise.all([
    alice.page.waitForEvent('download'),
    again.getByTestId('record-left-save').click(),
  ]);
  expect(rest.suggestedFilename()).toBe('Own.webm');
  expect(probe(await rest.path()).duration).toBeGreaterThan(1);
  await expect(again.getByTestId('record-left')).toHaveCount(0);
  await must(alice.page, 'login', { name: 'alice', password: 'demo' });
  // More than had been sent before the line was lost.
  await expect.poll(async () => (await find(second.recordId)).status, { timeout: 30_000 }).toBe(0);
  expect((await find(second.recordId)).duration).toBeGreaterThan(3);

  // A device that is full ends it, and what was recorded until then is given to the person.
  await must(alice.page, 'meeting.startLocalRecord', { fileName: 'Full' });
  await recorded(alice, 3);
  const [kept] = await Promise.all([
    alice.page.waitForEvent('download'),
    again.evaluate(() => {
      FileSystemFileHandle.prototype.createWritable = () =>
        Promise.reject(new DOMException('The device is full.', 'QuotaExceededError'));
    }),
  ]);
  expect(kept.suggestedFilename()).toBe('Full.webm');
  execFileSync('ffmpeg', ['-v', 'quiet', '-i', await kept.path(), '-f', 'null', '-']);
  await expect(again.getByTestId('record-bar')).toHaveCount(0);
  await expect(again.getByText('There is no space left')).toBeVisible();
  expect((await call(alice.page, 'meeting.stopLocalRecord')).code).toBe('CONFLICT');
});

test('[3.35] [3.36] the moderator has the server record; everybody sees that and who did it, and the film shows all of them', async ({
  join,
}) => {
  const alice = await join('alice', oa('alice'));
  const bob = await join('bob', oa('bob'));
  // What the frame of the platform plays by itself, and for how long it is.
  await bob.context.addInitScript(() => {
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      if (this.src) this.addEventListener('ended', () => console.info(`played ${this.src} ${this.duration}`));
      return play.call(this);
    };
  });
  const played: string[] = [];
  bob.page.on('console', (message) => {
    const [, name, length] = /^played .*\/([\w-]+)\.mp3 ([\d.]+)$/.exec(message.text()) ?? [];
    if (name && Number(length) > 1) played.push(name.replace(/-[^-]*$/, ''));
  });
  await bob.page.reload();
  await bob.page.waitForFunction(() => 'rtcPeer' in window);
  const roomId = await roomFor(alice.page);
  const [moderator, other] = [await enter(alice, roomId), await enter(bob, roomId)];
  await listen(bob.page, 'onRecord');
  await moderator.getByTestId('toolbar-more').click();
  await moderator.getByTestId('toggle-record').click();
  await moderator.getByTestId('record-grid').click();
  await expect(other.getByTestId('server-record')).toContainText('alice is recording this meeting');
  await expect(other.getByTestId('toast').filter({ hasText: 'alice started recording the meeting' })).toBeVisible();
  await expect(moderator.getByTestId('server-record')).toContainText('You are recording this meeting');
  // A voice of the platform says so, once.
  await expect.poll(() => played, { timeout: 15_000 }).toHaveLength(1);
  // Who comes later, and whoever comes back, sees it too; others cannot end it.
  await bob.page.reload();
  await bob.page.waitForFunction(() => 'rtcPeer' in window);
  const again = await enter(bob, roomId);
  await listen(bob.page, 'onRecord');
  await expect(again.getByTestId('server-record')).toBeVisible();
  await again.getByTestId('toolbar-more').click();
  await expect(again.getByTestId('open-settings')).toBeVisible();
  for (const control of ['toggle-record', 'server-record-stop'])
    await expect(again.getByTestId(control)).toHaveCount(0);
  // Some seconds with both in them.
  await expect.poll(() => sees(moderator, 'bob')).toBe(true);
  await recorded(alice, (await clockOf(alice, 'server-record')) + 4, 'server-record');
  await moderator.getByTestId('server-record-stop').click();
  await expect(again.getByTestId('server-record')).toHaveCount(0);
  await expect(moderator.getByTestId('server-record')).toHaveCount(0);
  await expect.poll(async () => (await heard(bob.page, 'onRecord')).at(-1)?.type, { timeout: 60_000 }).toBe('ready');
  expect(
    (await heard(bob.page, 'onRecord')).map(({ type }) => type).filter((type, at, all) => type !== all[at - 1]),
  ).toEqual(['stopRecord', 'processing', 'ready']);

  const { recordList } = await must(alice.page, 'getRecordByRange', { pageNo: 0, pageSize: 1 });
  expect(recordList[0]).toMatchObject({ roomId, status: 0, progress: null, reason: null });
  const path = await fetched(alice, recordList[0].comment, 'film.mp4');
  const { duration, codecs } = probe(path);
  expect(codecs).toEqual(['aac', 'h264']);
  expect(Math.abs(duration - recordList[0].duration)).toBeLessThan(0.1);
  for (const person of ['alice', 'bob'] as const) {
    expect(isHeard(path, person, duration - 2), person).toBe(true);
    expect(isSeen(path, person, duration - 1), person).toBe(true);
  }
});

import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { recording } from '../media/make.ts';
import { expect, newUser, seedRecords, test } from './support/home.ts';

const { path: source, duration } = recording();
const day = 24 * 3600_000;

const [locale, width] = ['en-GB', 1200] as const;
test('recordings are watched, kept and deleted', async ({ visit }) => {
  test.slow();
  const user = await newUser('Rec');
  const page = await visit({ as: user, locale, width, height: 700 });
  await page.getByTestId('section-records').click();
  await expect(page.getByTestId('no-records')).toBeVisible();
  const { account } = user;
  seedRecords([
    {
      name: 'Old town hall',
      account,
      source,
      duration,
      age: 9 * day,
      said: ['good morning', 'the end', 'thank you'],
    },
    { name: 'Cut short', account, source, duration: 3, failed: true, age: day },
    { name: 'Going on', account },
  ]);
  await page.reload();
  const row = (name: string) => page.getByTestId('record').filter({ hasText: name });
  await expect(page.getByTestId('record')).toHaveCount(3);
  await expect(row('Old town hall')).toContainText('0:10');
  const size = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  await expect(row('Old town hall')).toContainText(size.format(statSync(source).size / 1000));
  await expect(row('Cut short')).toContainText('Incomplete');
  await expect(row('Going on')).toContainText('Recording now');
  // What is being written can be neither watched nor deleted.
  await expect(row('Going on').getByTestId('play')).toHaveCount(0);
  await expect(row('Going on').getByTestId('record-menu')).toHaveCount(0);

  await row('Old town hall').getByTestId('play').click();
  const video = page.getByTestId('video');
  await expect.poll(() => video.evaluate((element) => (element as HTMLVideoElement).currentTime)).toBeGreaterThan(0.5);
  expect(await video.evaluate((element) => (element as HTMLVideoElement).videoWidth)).toBe(640);
  // The bar of the player goes anywhere: the server sends parts of the file.
  await video.evaluate((element) => {
    (element as HTMLVideoElement).currentTime = 8;
  });
  await expect.poll(() => video.evaluate((element) => (element as HTMLVideoElement).currentTime)).toBeGreaterThan(8.2);
  // What was said is read beside it, and as captions; a click on a sentence plays from there.
  const text = page.getByTestId('player-transcript');
  await expect(text).toContainText('good morning');
  await expect
    .poll(() => video.evaluate((element) => (element as HTMLVideoElement).textTracks[0]?.cues?.length))
    .toBe(3);
  await text.getByRole('button', { name: 'the end' }).click();
  const time = () => video.evaluate((element) => (element as HTMLVideoElement).currentTime);
  await expect.poll(time).toBeGreaterThan(3);
  expect(await time()).toBeLessThan(8);
  await expect(text.locator('[aria-current]')).toHaveText('the end');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('player')).toHaveCount(0);
  await expect(row('Old town hall').getByTestId('play')).toBeFocused();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    row('Old town hall').getByTestId('download').click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.webm$/);
  expect(readFileSync(await download.path())).toEqual(readFileSync(source));

  // Its sound alone is made when it is asked for.
  await row('Old town hall').getByTestId('record-menu').click();
  await page.getByTestId('file-m4a').click();
  await expect(page.getByTestId('notification')).toBeVisible();
  const sound = async () => {
    await row('Old town hall').getByTestId('record-menu').click();
    const text = await page.getByTestId('file-m4a').textContent();
    await page.keyboard.press('Escape');
    return text;
  };
  await expect.poll(sound, { timeout: 20_000 }).toContain('Download the audio');
  await row('Old town hall').getByTestId('record-menu').click();
  const [listened] = await Promise.all([page.waitForEvent('download'), page.getByTestId('file-m4a').click()]);
  const codecs = ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', await listened.path()];
  expect(execFileSync('ffprobe', codecs, { encoding: 'utf8' }).trim()).toBe('aac');

  await row('Old town hall').getByTestId('record-menu').click();
  const [sentences] = await Promise.all([page.waitForEvent('download'), page.getByTestId('file-transcript').click()]);
  expect(readFileSync(await sentences.path(), 'utf8')).toContain('good morning');

  await page.getByTestId('search-records').fill('town');
  await expect(page.getByTestId('record')).toHaveCount(1);
  await page.getByTestId('search-records').fill('nothing like it');
  await expect(page.getByTestId('no-match')).toBeVisible();
  await page.getByTestId('search-records').fill('');
  await expect(page.getByTestId('record')).toHaveCount(3);

  await row('Old town hall').getByTestId('record-menu').click();
  await page.getByTestId('delete-record').click();
  await expect(page.getByTestId('confirm')).toContainText('Old town hall');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('record')).toHaveCount(3);
  await row('Old town hall').getByTestId('record-menu').click();
  await page.getByTestId('delete-record').click();
  await page.getByTestId('confirm-yes').click();
  await expect(page.getByTestId('notification')).toHaveText('The recording is deleted.');
  await expect(page.getByTestId('record')).toHaveCount(2);
  const gone = await page.request.get(download.url());
  expect(gone.status()).toBe(404);

  await page.getByTestId('kind-transcripts').click();
  await expect(page.getByTestId('stored-transcript')).toContainText('Old town hall');
  await page.getByTestId('read').click();
  await expect(page.getByTestId('reader').getByTestId('transcript-line')).toHaveCount(3);
  await page.keyboard.press('Escape');
  await page.getByTestId('transcript-menu').click();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByTestId('save-srt').click()]);
  expect(readFileSync(await saved.path(), 'utf8')).toContain('00:00:03,000 --> 00:00:05,500\nBob: the end');
  await page.getByTestId('transcript-menu').click();
  await page.getByTestId('delete-transcript').click();
  await page.getByTestId('confirm-yes').click();
  await expect(page.getByTestId('no-transcripts')).toBeVisible();
});

test('recordings in a narrow frame, in Chinese: what can be watched is, and what was said is read beside it', async ({
  visit,
}) => {
  const user = await newUser('Rec');
  const { account } = user;
  seedRecords([
    { name: 'Old town hall', account, source, duration, said: ['good morning', 'the end'] },
    { name: 'Cut short', account, source, duration: 3, failed: true },
    { name: 'Going on', account },
  ]);
  const page = await visit({ as: user, locale: 'zh-CN', width: 320, height: 700, path: '/app/#/records' });
  const row = (name: string) => page.getByTestId('record').filter({ hasText: name });
  await expect(row('Cut short')).toContainText('不完整');
  await expect(row('Going on')).toContainText('正在录制');
  await row('Old town hall').getByTestId('play').click();
  await page.getByTestId('player-transcript').getByRole('button', { name: 'the end' }).click();
  const time = () => page.getByTestId('video').evaluate((element) => (element as HTMLVideoElement).currentTime);
  await expect.poll(time).toBeGreaterThan(3);
  await page.keyboard.press('Escape');
  await row('Old town hall').getByTestId('record-menu').click();
  await page.getByTestId('delete-record').click();
  await page.getByTestId('confirm-yes').click();
  await expect(page.getByTestId('notification')).toHaveText('录制已删除。');
  await expect(page.getByTestId('record')).toHaveCount(2);
});

test('a recording that somebody deleted meanwhile says so, and is off the list', async ({ visit }) => {
  const user = await newUser('Twin');
  seedRecords([{ name: 'Only once', account: user.account, source, duration }]);
  const [first, second] = [
    await visit({ as: user, path: '/app/#/records' }),
    await visit({ as: user, path: '/app/#/records' }),
  ];
  for (const page of [first, second]) {
    await page.getByTestId('record-menu').click();
    await page.getByTestId('delete-record').click();
  }
  await first.getByTestId('confirm-yes').click();
  await expect(first.getByTestId('no-records')).toBeVisible();
  await second.getByTestId('confirm-yes').click();
  await expect(second.getByTestId('form-problem')).toHaveText('The recording is gone already, or is still being made.');
  await second.keyboard.press('Escape');
  await expect(second.getByTestId('no-records')).toBeVisible();
});

test('an administrator sees those of the whole company, page by page; others only their own', async ({ visit }) => {
  const user = await newUser('Many');
  const { account } = user;
  const older = { account, source, duration, age: 60_000 };
  seedRecords([
    ...Array.from({ length: 45 }, (_, index) => ({ ...older, name: `Talk ${index}` })),
    { name: 'Something else', account, source, duration },
  ]);
  const admin = await visit({ as: { account: 'admin' }, path: '/app/#/records' });
  await expect(admin.getByTestId('record').first()).toContainText('Something else');
  await admin.getByTestId('search-records').fill('Talk');
  await expect(admin.getByTestId('record').first()).toContainText('Talk');
  await expect(admin.getByTestId('record')).toHaveCount(20);
  await admin.getByTestId('more').click();
  await expect(admin.getByTestId('record')).toHaveCount(40);
  await admin.getByTestId('more').click();
  await expect(admin.getByTestId('record')).toHaveCount(45);
  await expect(admin.getByTestId('more')).toHaveCount(0);
  const other = await visit({ as: await newUser('Other'), path: '/app/#/records' });
  await expect(other.getByTestId('no-records')).toBeVisible();
});

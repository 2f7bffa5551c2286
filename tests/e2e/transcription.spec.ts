import { readFileSync } from 'node:fs';
import type { Frame } from '@playwright/test';
import { speech } from '../media/make.ts';
import { heard, listen, must, roomFor } from './support/api.ts';
import { enter, expect, fillWindow, nothing, oa, soundOnly, test } from './support/people.ts';

const words = 'hello everybody the meeting starts now';

const focused = (frame: Frame) =>
  frame.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.dataset.testid : ''));

test('[3.28] [3.29] what a participant says is read as captions and in the transcript, with the right name, and can be saved', async ({
  join,
}) => {
  test.setTimeout(240_000);
  const alice = await join('alice', oa('alice'));
  const bob = await join('bob', {
    ...oa('Bob'),
    flags: [`--use-file-for-fake-audio-capture=${speech(words)}`],
    without: ['--use-file-for-fake-audio'],
  });
  const roomId = await roomFor(alice.page);
  await listen(alice.page, 'onTranscription');
  const hers = await enter(alice, roomId, {}, nothing);
  const his = await enter(bob, roomId, { username: 'Bob' }, soundOnly);
  for (const { page } of [alice, bob]) await fillWindow(page);

  await his.getByTestId('toggle-captions').click();
  await expect(his.getByTestId('captions-menu')).toContainText('The moderator can turn it on.');
  await expect(his.getByTestId('transcription-start')).toHaveCount(0);
  await bob.page.keyboard.press('Escape');
  await expect.poll(() => focused(his)).toBe('toggle-captions');
  expect(await must(bob.page, 'meeting.isTranscribe')).toMatchObject({ result: false });
  await hers.getByTestId('toggle-captions').click();
  await hers.getByTestId('transcription-start').click();
  for (const frame of [hers, his]) await expect(frame.getByTestId('transcribing')).toHaveAccessibleName(/alice/);
  expect(await must(bob.page, 'meeting.isTranscribe')).toMatchObject({ result: true });

  // The sentence is said again and again; a machine that is busy loses some of the audio.
  const patience = { timeout: 90_000 };
  await expect(hers.getByTestId('captions')).toContainText(new RegExp(`Bob.*${words}`), patience);
  const finals = async () => (await heard(alice.page, 'onTranscription')).filter(({ data }) => data.onebest === words);
  await expect.poll(async () => (await finals()).length, patience).toBeGreaterThan(0);
  const [final] = await finals();
  const told = await heard(alice.page, 'onTranscription');
  expect(final).toMatchObject({ client: { name: 'Bob' }, data: { bg: expect.stringMatching(/^\d+$/) } });
  expect(final.data).not.toHaveProperty('var');
  expect(told.some(({ data }) => data.var && data.bg === final.data.bg)).toBe(true);
  // The voice is heard; read aloud as well it would be in its way.
  await expect(hers.getByTestId('captions')).toHaveAttribute('aria-hidden', 'true');

  await hers.getByTestId('toggle-captions').click();
  await hers.getByTestId('caption-size-huge').click();
  await expect(hers.getByTestId('captions')).toHaveAttribute('data-size', 'huge');
  await hers.getByTestId('show-transcript').click();
  const panel = hers.getByTestId('transcript-panel');
  const line = panel.getByTestId('transcript-line').filter({ hasText: words });
  await expect(line.first()).toBeVisible();
  await panel.getByTestId('transcript-search').fill('nothing like it');
  await expect(panel.getByTestId('transcript-empty')).toBeVisible();
  await panel.getByTestId('transcript-search').fill('MEETING');
  await expect(line.first()).toBeVisible();
  await panel.getByTestId('transcript-export').click();
  const [file] = await Promise.all([alice.page.waitForEvent('download'), hers.getByTestId('export-txt').click()]);
  expect(file.suggestedFilename()).toMatch(/^Own .*\.txt$/);
  expect(readFileSync(await file.path(), 'utf8')).toContain(`Bob: ${words}`);

  // A small frame: the caption lies above the controls.
  await panel.press('Escape');
  await alice.page.setViewportSize({ width: 480, height: 270 });
  await expect(hers.getByTestId('caption').first()).toBeVisible(patience);
  const [below, controls] = [
    await hers.getByTestId('captions').boundingBox(),
    await hers.getByTestId('toggle-mic').boundingBox(),
  ];
  expect((below?.y ?? 0) + (below?.height ?? 999)).toBeLessThanOrEqual(controls?.y ?? 0);
  await alice.page.keyboard.press('Control+Alt+k');
  await expect(hers.getByTestId('captions')).toHaveCount(0);
  await hers.getByTestId('toolbar-more').click();
  await hers.getByTestId('toggle-captions').click();
  await hers.getByTestId('transcription-stop').click();
  for (const frame of [hers, his]) await expect(frame.getByTestId('transcribing')).toHaveCount(0);
  await expect.poll(() => focused(hers)).toBe('toolbar-more');
});

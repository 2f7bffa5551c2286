import type { Frame } from '@playwright/test';
import { must, roomFor } from './support/api.ts';
import { enter, expect, fillWindow, oa, test, throughLobby } from './support/people.ts';

const open = async (frame: Frame): Promise<void> => {
  await frame.getByTestId('toggle-layout').click();
  await frame.getByTestId('pip-toggle').click();
};

test('the one who speaks comes into a small window, with mute and leave where the browser lets it have buttons', async ({
  join,
}) => {
  const alice = await join('alice', oa('alice'));
  const roomId = await roomFor(alice.page);
  // In a frame: the video alone.
  const framed = await enter(alice, roomId);
  await fillWindow(alice.page);
  await open(framed);
  await expect.poll(() => framed.evaluate(() => document.pictureInPictureElement !== null)).toBe(true);

  const bob = await join('bob', { path: `${process.env.PLATFORM_ORIGIN}/app/#/?rd=${roomId}` });
  const own = await throughLobby(bob);
  const opened = bob.context.waitForEvent('page');
  await open(own);
  const pip = await opened;
  await expect(pip.getByText('alice')).toBeVisible();
  await expect.poll(() => pip.evaluate(() => document.querySelector('video')?.videoWidth ?? 0)).toBeGreaterThan(0);
  await pip.getByRole('button', { name: 'Mute' }).click();
  await expect(own.getByTestId('toggle-mic')).toHaveAttribute('aria-pressed', 'false');
  const closed = pip.waitForEvent('close');
  await pip.getByRole('button', { name: 'Leave' }).click();
  await closed;
  await expect(own.getByTestId('leave')).toHaveCount(0);

  await must(alice.page, 'meeting.exit');
  await expect.poll(() => framed.evaluate(() => document.pictureInPictureElement !== null)).toBe(false);
  expect(await framed.evaluate(() => document.querySelectorAll('video').length)).toBe(0);
});

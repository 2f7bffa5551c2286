import type { Page } from '@playwright/test';
import { seatGuests } from './support/crowd.ts';
import { ask, platformPage, signIn } from './support/http.ts';
import { expect, test } from './support/people.ts';
import { hearing, type Own, tell } from './support/tell.ts';

const by = { id: 9, name: 'Bartholomew of the sales department', userId: null, pictureurl: null };

/** A moderator in a room with a guest, who is given events of the server. */
const enterRoom = async (page: Page) => {
  const { SID } = await signIn('alice');
  const { roomId } = await ask('room', 'createRoom', {
    SID,
    name: 'Stand-up',
    roomType: 2,
    numberLimit: 40,
    isPublic: true,
  });
  // Before the moderator: otherwise a message that the guest came could be newer than those of the test.
  const guest = await seatGuests(roomId, 1);
  await hearing(page);
  await page.goto(platformPage(`#/?rd=${roomId}&SID=${SID}&v=0&a=0`));
  await page.getByTestId('lobby-join').click();
  await expect(page.getByTestId('leave')).toBeVisible();
  await expect(page.getByTestId('tile')).toHaveCount(2);
  const self = await page.evaluate(() => [...(window as never as Own).roster.keys()][0]);
  return {
    guest,
    askToUnmute: async () => {
      await tell(page, 'meeting.onMute', { userId: self, roomId, isMute: true, fromSuper: true });
      await tell(page, 'meeting.onMute', { userId: self, roomId, isMute: false, fromSuper: true });
      await expect(page.getByTestId('unmute-request')).toBeVisible();
    },
    record: (recordId: number, type: 'startRecord' | 'stopRecord') =>
      tell(page, 'meeting.onRecord', { roomId, recordId, type, client: by, startedAt: Date.now() }),
    poorNetwork: (poor: boolean) => tell(page, 'media.quality', { direction: 'upload', poor }),
  };
};

for (const [locale, colorScheme] of [
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)
  test(`in a small frame no message lies under the toolbar, and what asks can be answered (${locale})`, async ({
    browsers,
  }) => {
    const browser = await browsers('alice', {});
    const context = await browser.newContext({ locale, colorScheme, permissions: ['camera', 'microphone'] });
    const page = await context.newPage();
    const room = await enterRoom(page);
    /** How far each message that is shown reaches below the upper edge of the toolbar, in pixels. */
    const under = () =>
      page.evaluate(() => {
        const bar = document.querySelector('footer')?.getBoundingClientRect().top ?? 0;
        return [...document.querySelectorAll('[data-testid=toast]')]
          .filter(
            (toast) => toast.checkVisibility() && getComputedStyle(toast.parentElement as Element).clipPath === 'none',
          )
          .map((toast) => Math.max(0, toast.getBoundingClientRect().bottom - bar));
      });
    let recordId = 1;
    for (const hasNotices of [false, true]) {
      if (hasNotices) {
        await room.askToUnmute();
        await room.poorNetwork(true);
        await expect(page.getByTestId('network-hint')).toBeVisible();
      }
      for (const [width, height] of [
        [320, 240],
        [480, 270],
      ] as const) {
        await page.setViewportSize({ width, height });
        // The part that shows messages is loaded after the meeting: what is told before has none.
        await expect(async () => {
          await room.record(++recordId, 'startRecord');
          await expect(page.getByTestId('toast').last()).toContainText(by.name, { timeout: 1000 });
        }).toPass();
        await expect(page.getByTestId('server-record')).toBeVisible();
        expect(
          (await under()).filter((pixels) => pixels > 0),
          `${width} × ${height}`,
        ).toEqual([]);
        if (hasNotices)
          for (const answer of ['unmute-accept', 'unmute-decline'])
            await expect(page.getByTestId(answer), `${width} × ${height}`).toBeInViewport({ ratio: 1 });
        await room.record(recordId, 'stopRecord');
        await expect(page.getByTestId('server-record')).toHaveCount(0);
      }
    }
    room.guest.leave();
    await context.close();
  });

test('when the last notice goes, the focus goes to where it came from', async ({ browsers }) => {
  const browser = await browsers('alice', {});
  const context = await browser.newContext({ locale: 'en-US', permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  const room = await enterRoom(page);
  await room.askToUnmute();
  await page.getByTestId('unmute-decline').press('Enter');
  await expect(page.getByTestId('unmute-request')).toHaveCount(0);
  // Nothing had the focus before.
  await expect(page.locator('[data-stage]')).toBeFocused();

  await room.askToUnmute();
  await page.getByTestId('toggle-chat').focus();
  await page.getByTestId('unmute-decline').press('Enter');
  await expect(page.getByTestId('toggle-chat')).toBeFocused();
  room.guest.leave();
  await context.close();
});

import type { Frame } from '@playwright/test';
import { must, roomFor, state } from './support/api.ts';
import { broken } from './support/axe.ts';
import { seatGuests } from './support/crowd.ts';
import { joinOverNetwork } from './support/network.ts';
import { expect, fillWindow, oa, test } from './support/people.ts';

test.setTimeout(120_000);

const pageName = (frame: Frame) => frame.getByTestId('pager').getByRole('status');
const onStage = (frame: Frame): Promise<string[]> =>
  frame.getByTestId('tile').evaluateAll((tiles) => tiles.map((tile) => (tile as HTMLElement).dataset.clientId ?? ''));

test('more people than a stage has room for are on pages, by keyboard too, and only those on show are received', async ({
  join,
}) => {
  const alice = await joinOverNetwork(join, 'alice');
  const roomId = await roomFor(alice.page, 60);
  const guests = await seatGuests(roomId, 40);
  await must(alice.page, 'meeting.enter', { roomId, username: 'alice' });
  const frame = await alice.widget();
  await expect(pageName(frame)).toHaveText(/^Page 1 of \d$/);
  const count = Number((await pageName(frame).textContent())?.at(-1));
  expect(count).toBeGreaterThan(1);
  const next = frame.getByRole('button', { name: 'Next page' });
  const previous = frame.getByRole('button', { name: 'Previous page' });
  await expect(previous).toBeDisabled();
  const own = String((await state(alice.page)).client?.id);
  const wished = () => {
    const tiles = alice.network.asked('media.setReceive').at(-1)?.tiles as { clientId: number }[] | undefined;
    return tiles?.map(({ clientId }) => String(clientId));
  };

  const seen: string[][] = [];
  await next.focus();
  for (let page = 1; page <= count; page++) {
    await expect(pageName(frame)).toHaveText(`Page ${page} of ${count}`);
    const shown = await onStage(frame);
    seen.push(shown);
    await expect.poll(wished).toEqual(shown.filter((id) => id !== own));
    if (page < count) await alice.page.keyboard.press('Enter');
  }
  await expect(next).toBeDisabled();
  // Everybody is on one page, and on no other.
  expect(seen.flat()).toHaveLength(41);
  expect(new Set(seen.flat()).size).toBe(41);
  expect(await broken(frame)).toEqual([]);

  await previous.focus();
  for (let page = count; page > 1; page--) await alice.page.keyboard.press('Space');
  await expect(pageName(frame)).toHaveText(`Page 1 of ${count}`);
  expect(await onStage(frame)).toEqual(seen[0]);
  guests.leave();
  await expect(frame.getByTestId('pager')).toHaveCount(0);
});

const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('people without a camera show their picture, or initials where it does not load', async ({ join }) => {
  const alice = await join('alice', oa('alice'));
  const roomId = await roomFor(alice.page);
  const pictures = [pixel, `${process.env.PLATFORM_ORIGIN}/app/no-such-picture.png`];
  const guests = await seatGuests(roomId, 3, (index) => pictures[index]);
  await must(alice.page, 'meeting.enter', { roomId, username: 'alice' });
  const frame = await alice.widget();
  await fillWindow(alice.page);
  await frame.getByTestId('toggle-people').click();
  for (const place of ['tile', 'person']) {
    const one = (name: string) => frame.getByTestId(place).filter({ hasText: name });
    await expect(one('Guest 0').locator('img')).toHaveJSProperty('naturalWidth', 1);
    await expect(one('Guest 1')).toContainText('G1');
    await expect(one('Guest 1').locator('img')).toHaveCount(0);
    await expect(one('Guest 2').locator('img')).toHaveCount(0);
  }
  guests.leave();
});

test('the logo of a room stands in its lobby and in its meeting', async ({ join }) => {
  const alice = await join('alice', oa('alice'));
  const { company } = await must(alice.page, 'login', { name: 'alice', password: 'demo' });
  const { roomId } = await must(alice.page, 'newTempRoom', {
    name: 'With a logo',
    orgId: company.id,
    numberLimit: 5,
    isPublic: true,
    pictureuri: pixel,
  });
  await must(alice.page, 'meeting.enter', { roomId, username: 'alice' });
  const frame = await alice.widget();
  await expect(frame.getByRole('banner').locator('img')).toHaveJSProperty('naturalWidth', 1);

  const page = await alice.context.newPage();
  await page.goto(`${process.env.PLATFORM_ORIGIN}/app/#/?rd=${roomId}&locale=en`);
  await expect(page.getByRole('heading', { name: 'With a logo' })).toBeVisible();
  await expect(page.locator('main img')).toHaveJSProperty('naturalWidth', 1);
});

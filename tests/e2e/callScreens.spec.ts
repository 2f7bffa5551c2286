import { broken, expect, newUser, overflows, test } from './support/home.ts';

test.setTimeout(120_000);

test('[4.1] [4.2] [4.3] [4.4] a colleague is called from the home screen: presence, ringing, answer, missed calls, a third person, the small card', async ({
  visit,
}) => {
  const [ann, ben, cat] = [await newUser('Ann'), await newUser('Ben'), await newUser('Cat')];
  const hers = await visit({ as: ann, path: '/app/#/calls' });
  const his = await visit({ as: ben, path: '/app/#/calls', width: 320 });
  const row = hers.locator(`[data-testid=colleague][data-account="${ben.account}"]`);
  await hers.getByTestId('search-colleagues').fill(ben.account);
  await expect(row).toHaveAttribute('data-presence', 'online');

  // Of two tabs one plays the tone, and browsers play nothing before the first click; Playwright's looks count as one.
  const twin = await his.context().newPage();
  await twin.goto(his.url());
  await expect(twin.getByTestId('account-menu')).toBeVisible();
  for (const page of [his, twin])
    await page.evaluate(() => {
      window.AudioContext = class extends AudioContext {
        constructor() {
          super();
          void this.suspend();
          document.documentElement.dataset.rings = 'true';
        }
        override async resume() {}
      };
    });
  await row.getByTestId('call-audio').click();
  const card = his.getByTestId('incoming-call');
  await expect(card).toContainText('Ann');
  await expect(card).toContainText('Audio call');
  await expect(twin.getByTestId('incoming-call')).toContainText('Ann');
  const sayingSo = async () => {
    const counts = await Promise.all([his, twin].map((page) => page.getByText('blocks the ringing tone').count()));
    return counts.reduce((sum, count) => sum + count);
  };
  await expect.poll(sayingSo).toBe(1);
  expect(await Promise.all([his, twin].map((page) => page.locator('html[data-rings]').count()))).toContain(0);
  await twin.close();
  await expect(card).toContainText('blocks the ringing tone');
  await expect(hers.getByTestId('outgoing-call')).toContainText('Ringing');
  for (const page of [hers, his]) expect([...(await broken(page)), ...(await overflows(page))]).toEqual([]);
  await his.keyboard.press('Escape');
  await expect(his.getByTestId('silence-call')).toHaveCount(0);
  await his.getByTestId('decline-call').click();
  await expect(hers.getByTestId('ended-call')).toContainText('declined');
  expect(await broken(hers)).toEqual([]);

  await row.getByTestId('call-video').click();
  await expect(card).toContainText('Video call');
  await hers.getByTestId('cancel-call').click();
  await expect(his.getByTestId('ended-call')).toContainText('hung up');
  await expect(his.locator('[data-testid=past-call][data-missed=true]')).toHaveCount(1);

  await row.getByTestId('call-video').click();
  await his.getByTestId('accept-call').click();
  for (const page of [hers, his]) await expect(page.getByTestId('tile')).toHaveCount(2);

  // A call becomes a meeting of three, and one of two again.
  const cats = await visit({ as: cat, path: '/app/#/calls' });
  await hers.getByTestId('add-person').click();
  await hers.getByTestId('add-search').fill(cat.account);
  const added = hers.locator(`[data-testid=add-row][data-account="${cat.account}"]`);
  await expect(added).toContainText('Online');
  expect(await broken(hers)).toEqual([]);
  await added.getByTestId('add-call').click();
  for (const page of [hers, his])
    await expect(page.getByTestId('called-tile').filter({ hasText: 'Cat' })).toContainText('Ringing');
  await expect(hers.getByTestId('outgoing-call')).toHaveCount(0);
  await expect(his.getByTestId('cancel-called')).toHaveCount(0);
  expect([...(await broken(hers)), ...(await overflows(his))]).toEqual([]);
  await cats.getByTestId('decline-call').click();
  for (const page of [hers, his]) await expect(page.getByTestId('called-tile')).toContainText('declined');
  await hers.getByTestId('add-person').click();
  await hers.getByTestId('add-search').fill(cat.account);
  await added.getByTestId('add-call').click();
  await cats.getByTestId('accept-call').click();
  await expect(hers.getByTestId('tile')).toHaveCount(3);
  await expect(hers.getByTestId('meeting-info')).toHaveText('Ben, Cat');
  await cats.getByTestId('leave').click();
  await expect(hers.getByTestId('tile')).toHaveCount(2);

  // Who calls meanwhile can be asked to come into the meeting.
  await cats.getByTestId('search-colleagues').fill(ann.account);
  const anns = cats.locator(`[data-testid=colleague][data-account="${ann.account}"]`);
  await expect(anns).toHaveAttribute('data-presence', 'busy');
  await anns.getByTestId('call-audio').click();
  await expect(hers.getByTestId('incoming-call')).toContainText('Cat');
  expect([...(await broken(hers)), ...(await overflows(hers))]).toEqual([]);
  await hers.getByTestId('bring-in-call').click();
  await cats.getByTestId('accept-call').click();
  for (const page of [hers, his, cats]) await expect(page.getByTestId('tile')).toHaveCount(3);
  await cats.getByTestId('leave').click();
  await expect(hers.getByTestId('tile')).toHaveCount(2);

  // What was open and written is there again when the call is back at full size.
  await hers.getByTestId('toggle-chat').click();
  await hers.getByTestId('chat-input').fill('half a senten');
  await hers.getByTestId('shrink-call').click();
  const small = hers.getByTestId('small-call');
  await expect(small).toContainText('Ben');
  await expect(row).toHaveAttribute('data-presence', 'busy');
  await expect(hers.getByTestId('small-grow')).toBeFocused();
  expect(await broken(hers)).toEqual([]);
  const before = await small.boundingBox();
  await hers.getByTestId('small-move').click();
  await expect.poll(async () => (await small.boundingBox())?.x).toBeLessThan(before?.x ?? 0);
  await hers.getByTestId('small-microphone').click();
  await expect(his.getByRole('img', { name: 'Microphone off' })).toHaveCount(1);
  await hers.getByTestId('small-grow').click();
  await expect(hers.getByTestId('tile')).toHaveCount(2);
  await expect(hers.getByTestId('chat-input')).toHaveValue('half a senten');
  const other = hers.locator('[data-testid=tile]:not([data-tile=local]) video');
  await expect
    .poll(() => other.evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames))
    .toBeGreaterThan(0);
  await his.getByTestId('leave').click();
  await expect(hers.getByTestId('ended-call')).toContainText('Call ended');
  await expect(row).toHaveAttribute('data-presence', 'online');
});

import type { Page } from '@playwright/test';
import { heard, listen, must } from './support/api.ts';
import { expect, hears, oa, type Participant, test, widgetWith } from './support/people.ts';

const box = (page: Page) => page.locator('iframe').evaluate((frame) => frame.getBoundingClientRect().toJSON());
const signedIn = async (one: Participant, options: object): Promise<number> => {
  await widgetWith(one, options);
  return (await must(one.page, 'login', { name: one.person, password: 'demo' })).user.id;
};

test('[4.1] [4.2] [4.4] [4.9] a frame of one pixel, on a device whose clock is wrong by a day, rings after an hour, shows the call and goes; a widget with callScreens calls it', async ({
  join,
}) => {
  const alice = await join('alice', oa('alice'));
  const bob = await join('bob', {
    ...oa('bob'),
    prepare: (context) => context.clock.install({ time: Date.now() + 24 * 3600_000 }),
  });
  await signedIn(alice, { callScreens: true });
  const bobId = await signedIn(bob, { receiver: true });
  for (const event of ['callRinging', 'callSilent']) await listen(bob.page, event);
  const title = await bob.page.title();
  const frame = await bob.widget();

  expect(await box(bob.page)).toMatchObject({ width: 1, height: 1 });
  await bob.page.clock.fastForward('01:00:00');
  const loaded = () => frame.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect((await loaded()).join()).not.toMatch(/whole|session|Meeting/);

  await expect
    .poll(async () => (await must(alice.page, 'watchPresence', { userIds: [bobId] }))[0])
    .toMatchObject({ online: true, awake: true });
  await must(alice.page, 'call', { targetUserId: bobId, type: 1 });
  await expect((await alice.widget()).getByTestId('outgoing-call')).toContainText('Ringing');
  await expect.poll(() => heard(bob.page, 'callRinging')).toMatchObject([{ audible: true, text: 'Audio call' }]);
  await expect(bob.page).toHaveTitle('📞 Alice · Audio call');
  await expect.poll(() => box(bob.page)).toMatchObject({ width: 360, y: 16 });
  const card = frame.getByTestId('incoming-call');
  await expect(card).toContainText('Alice');
  await frame.getByTestId('accept-call').focus();
  await bob.page.keyboard.press('Escape');
  await expect.poll(async () => (await heard(bob.page, 'callSilent')).length).toBe(1);
  await expect(bob.page).toHaveTitle(title);

  await frame.getByTestId('accept-call').click();
  await expect.poll(() => box(bob.page)).toMatchObject({ x: 0, y: 0, width: 1000, height: 700 });
  await expect.poll(async () => hears(frame, 'alice')).toBe(true);
  await expect.poll(async () => hears(await alice.widget(), 'bob')).toBe(true);

  // The caller's widget lies in a container, and the small card of the call over the page; it is dragged by its video.
  const hers = await alice.widget();
  const contained = await box(alice.page);
  await hers.getByTestId('shrink-call').click();
  await expect.poll(() => box(alice.page)).toMatchObject({ width: 300, x: 1000 - 16 - 300, y: 16 });
  await expect(hers.getByTestId('small-call')).toContainText('bob', { ignoreCase: true });
  const { mouse } = alice.page;
  await mouse.move(800, 60);
  await mouse.down();
  await mouse.move(500, 260, { steps: 4 });
  await mouse.up();
  await expect.poll(() => box(alice.page)).toMatchObject({ x: 384, y: 216 });
  await hers.getByTestId('small-grow').click();
  await expect.poll(() => box(alice.page)).toEqual(contained);
  await expect.poll(async () => hears(hers, 'bob')).toBe(true);
  await hers.getByTestId('leave').click();
  await expect(frame.getByTestId('ended-call')).toContainText('Call ended');
  await frame.getByTestId('close-call').click();
  await expect.poll(() => box(bob.page)).toMatchObject({ width: 1, height: 1 });
});

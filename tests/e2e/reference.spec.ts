import { expect, test } from '@playwright/test';
import { broken } from './support/axe.ts';

const address = () => `${process.env.PLATFORM_ORIGIN}/app/reference/`;

for (const colorScheme of ['light', 'dark'] as const)
  test(`the reference breaks no rule of WCAG 2.2 AA and none of its own policy, ${colorScheme}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(address());
    await expect(page.getByRole('searchbox')).toBeVisible();
    expect(complaints).toEqual([]);
    // axe comes as a script that the page's own policy would not let in.
    // Only colours are others in the dark.
    const what = colorScheme === 'dark' ? { rules: 'colours' as const } : { looked: 'link-name' };
    expect(await broken(page.mainFrame(), what)).toEqual([]);
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(14, 17, 22)' : 'rgb(241, 243, 247)');
    await context.close();
  });

test('a method is found by its name, its section or what it does', async ({ page }) => {
  await page.goto(address());
  const search = page.getByRole('searchbox', { name: 'Find a method' });
  const methods = page.locator('article:visible h3 a');
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await search.fill('createro');
  await expect(methods).toHaveText(['room.createRoom']);
  await search.fill('2.19');
  await expect(methods).toHaveText(['appointment.createAppointment']);
  await search.fill('password whether');
  await expect(methods).toHaveText(['room.checkRoomPwd', 'room.checkRoomHasPwd']);
  await search.fill('nothing like that');
  await expect(page.getByRole('status')).toHaveText('No method is called like that.');
  await search.fill('');
  expect(await methods.count()).toBeGreaterThan(40);
});

test('on a phone nothing is wider than the screen, and the parts are one touch away', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  await page.goto(address());
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBe(320);
  await page.getByRole('navigation').getByRole('link', { name: 'record', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'record', exact: true })).toBeInViewport();
  expect(await width()).toBe(320);
  await context.close();
});

test('works without scripts', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${address()}#room_createRoom`);
  await expect(page.getByRole('heading', { name: /^room\.createRoom/ })).toBeInViewport();
  await expect(page.getByRole('searchbox')).toBeHidden();
  await context.close();
});

import { clipboard, expect, newUser, origin, test } from './support/home.ts';

for (const [locale, width] of [
  ['en-GB', 1200],
  ['zh-CN', 320],
] as const)
  test(`a room is made, changed, locked, opened to members and deleted (${locale}, ${width} px)`, async ({ visit }) => {
    test.slow();
    const owner = await newUser('Olga');
    const member = await newUser(`Max ${width}`);
    const page = await visit({ as: owner, locale, width, height: 700 });
    await page.getByTestId('section-rooms').click();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await page.getByTestId('new-room').click();
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('room-name')).toBeFocused();
    await page.getByTestId('room-name').fill(`Office ${width}`);
    await page.getByTestId('room-limit').fill('201');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('room-limit')).toBeFocused();
    await expect(page.getByTestId('room-form')).toContainText('200');
    await page.getByTestId('room-limit').fill('12');
    await page.getByTestId('submit').click();

    const card = page.getByTestId('room').filter({ hasText: `Office ${width}` });
    await expect(card).toContainText('12');
    await expect(card).toContainText(locale === 'zh-CN' ? '私密' : 'Private');
    const roomId = await card.getAttribute('data-room');
    const menu = async (item: string) => {
      await card.getByTestId('room-menu').click();
      await page.getByTestId(item).click();
    };
    await menu('copy-link');
    await expect(page.getByTestId('notification')).toBeVisible();
    expect(await clipboard(page)).toBe(`${origin()}/app/#/?rd=${roomId}`);

    await menu('room-form');
    await page.getByTestId('room-name').fill(`Study ${width}`);
    await page.getByTestId('room-desc').fill('Quiet, please');
    await page.getByTestId('submit').click();
    const renamed = page.locator(`[data-room="${roomId}"]`);
    await expect(renamed).toContainText(`Study ${width}`);
    await expect(renamed).toContainText('Quiet, please');

    // Nobody else finds a private room, until they are a member of it.
    const his = await visit({ as: member });
    await his.getByTestId('section-rooms').click();
    await expect(his.getByTestId('room').first()).toBeVisible();
    await expect(his.locator(`[data-room="${roomId}"]`)).toHaveCount(0);
    await renamed.getByTestId('room-menu').click();
    await page.getByTestId('room-members').click();
    await page.getByTestId('find-member').fill(member.name);
    await page.getByTestId('person-option').click();
    await expect(page.getByTestId('room-member')).toContainText(member.name);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('room-members-dialog')).toHaveCount(0);

    await renamed.getByTestId('room-menu').click();
    await page.getByTestId('room-password').click();
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('room-password-new')).toBeFocused();
    await page.getByTestId('room-password-new').fill('open sesame');
    await page.getByTestId('submit').click();
    await expect(renamed).toContainText(locale === 'zh-CN' ? '有密码' : 'Password');

    // The member finds it now, may not change it, and is asked for the password.
    await his.reload();
    await expect(his.locator(`[data-room="${roomId}"]`)).toBeVisible();
    await his.locator(`[data-room="${roomId}"]`).getByTestId('room-menu').click();
    await expect(his.getByTestId('copy-link')).toBeVisible();
    await expect(his.getByTestId('room-delete')).toHaveCount(0);
    await his.keyboard.press('Escape');
    await his.locator(`[data-room="${roomId}"]`).getByTestId('join-room').click();
    await his.getByTestId('lobby-password').fill('wrong');
    await his.getByTestId('lobby-join').click();
    await expect(his.getByTestId('lobby-password')).toHaveAccessibleDescription('The password is wrong.');
    await his.getByTestId('lobby-password').fill('open sesame');
    await his.getByTestId('lobby-join').click();
    await expect(his.getByTestId('leave')).toBeVisible();

    // In use it stays; when everybody has left it goes.
    await renamed.getByTestId('room-menu').click();
    await page.getByTestId('room-delete').click();
    await page.getByTestId('confirm-yes').click();
    await expect(page.getByTestId('form-problem')).toBeVisible();
    await expect(page.getByTestId('confirm')).toBeVisible();
    await his.getByTestId('leave').click();
    await expect(his.getByTestId('rejoin')).toBeVisible();
    await page.getByTestId('confirm-yes').click();
    await expect(page.getByTestId('notification')).toHaveText(
      locale === 'zh-CN' ? '会议室已删除。' : 'The room is deleted.',
    );
    await expect(renamed).toHaveCount(0);
    // What opened the question is gone: the focus goes to the head of the page.
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  });

test('a password is taken away by leaving the field empty, and a member is taken out', async ({ visit }) => {
  const owner = await newUser('Otto');
  const member = await newUser(`Mia ${Date.now()}`);
  const page = await visit({ as: owner });
  await page.getByTestId('section-rooms').click();
  await page.getByTestId('new-room').click();
  await page.getByTestId('room-name').fill('Cellar');
  await page.getByTestId('submit').click();
  const card = page.getByTestId('room').filter({ hasText: 'Cellar' });
  const menu = async (item: string) => {
    await card.getByTestId('room-menu').click();
    await page.getByTestId(item).click();
  };
  await menu('room-password');
  await page.getByTestId('room-password-new').fill('secret');
  await page.getByTestId('submit').click();
  await expect(card).toContainText('Password');
  await menu('room-password');
  await expect(page.getByTestId('submit')).toHaveText('Remove password');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('notification')).toHaveText('The password is removed.');
  await expect(card).not.toContainText('Password');

  await menu('room-members');
  await expect(page.getByTestId('room-members-dialog')).toContainText('Only you and administrators can enter so far.');
  await page.getByTestId('find-member').fill(member.name);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('person-option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('room-member')).toHaveCount(1);
  await page.getByTestId('remove-member').click();
  await expect(page.getByTestId('room-member')).toHaveCount(0);
  await expect(page.getByTestId('find-member')).toBeFocused();
});

test('a running room says so, and is entered with one click', async ({ visit }) => {
  test.slow();
  const owner = await newUser('Ona');
  const page = await visit({ as: owner });
  await page.getByTestId('section-rooms').click();
  await page.getByTestId('new-room').click();
  await page.getByTestId('room-name').fill('Garden');
  await page.getByTestId('room-public').check();
  await page.getByTestId('submit').click();
  const card = page.getByTestId('room').filter({ hasText: 'Garden' });
  await expect(card.getByTestId('join-room')).toHaveText('Start');
  await card.getByTestId('join-room').click();
  await page.getByTestId('lobby-join').click();
  await expect(page.getByTestId('leave')).toBeVisible();

  const other = await visit({ as: await newUser('Oda'), path: '/app/#/rooms' });
  const hers = other.getByTestId('room').filter({ hasText: 'Garden' });
  await expect(hers).toContainText('In progress');
  await expect(hers.getByTestId('join-room')).toHaveText('Join');
  await hers.getByTestId('join-room').click();
  await other.getByTestId('lobby-join').click();
  await expect(other.getByTestId('leave')).toBeVisible();
  await other.getByTestId('leave').click();
  await other.getByTestId('go-home').click();
  await expect(other.getByTestId('new-meeting')).toBeVisible();
});

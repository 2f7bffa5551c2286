import { ask, expect, newUser, signIn, signInByHttp, signOut, storage, test } from './support/home.ts';

test('an ordinary user finds no users, not by the address either', async ({ visit }) => {
  const page = await visit({ as: { account: 'bob' }, path: '/app/#/users' });
  await expect(page.getByTestId('new-meeting')).toBeVisible();
  await expect(page.getByTestId('section-users')).toHaveCount(0);
  await expect(page.getByTestId('user')).toHaveCount(0);
});

for (const [locale, width] of [
  ['en-GB', 1200],
  ['zh-CN', 320],
] as const)
  test(`an administrator adds, changes, resets and deletes a user (${locale}, ${width} px)`, async ({ visit }) => {
    test.slow();
    const boss = await newUser('Boss', 2);
    const account = `zed${width}-${Date.now()}`;
    const page = await visit({ as: boss, locale, width, height: 700 });
    await page.getByTestId('section-users').click();
    await page.getByTestId('new-user').click();
    await page.getByTestId('user-name').fill(`Zed ${account}`);
    await page.getByTestId('user-account').fill('alice');
    await page.getByTestId('user-password').fill('abc');
    await page.getByTestId('user-email').fill('zed');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('user-password')).toBeFocused();
    await expect(page.getByTestId('user-email')).toHaveAttribute('aria-invalid', 'true');
    await page.getByTestId('user-password').fill('the first');
    await page.getByTestId('user-email').fill('zed@example.com');
    await page.getByTestId('submit').click();
    // The account is taken: the server's answer stands at its field.
    await expect(page.getByTestId('user-account')).toBeFocused();
    await expect(page.getByTestId('user-form')).toContainText(
      locale === 'zh-CN' ? '此账号已被使用。' : 'This account is taken.',
    );
    await page.getByTestId('user-account').fill(account);
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('notification')).toContainText(`Zed ${account}`);

    await page.getByTestId('search-users').fill(account);
    const row = page.locator(`[data-account="${account}"]`);
    await expect(page.getByTestId('user')).toHaveCount(1);
    await expect(page.getByTestId('user-count')).toContainText('1');
    const menu = async (item: string) => {
      await row.getByTestId('user-menu').click();
      await page.getByTestId(item).click();
    };

    // They sign in, and become an administrator while they are here.
    const zed = await visit();
    await signIn(zed, account, 'the first');
    await expect(zed.getByTestId('section-meetings')).toBeVisible();
    await expect(zed.getByTestId('section-users')).toHaveCount(0);
    await menu('edit-user');
    await page.getByTestId('user-name').fill('Zed the Second');
    await page.getByTestId('user-level').selectOption('2');
    await page.getByTestId('submit').click();
    await expect(row).toContainText('Zed the Second');
    await expect(row).toContainText(locale === 'zh-CN' ? '管理员' : 'Admin');
    await expect(zed.getByTestId('section-users')).toBeVisible();
    await expect(zed.getByRole('heading', { level: 1 })).toContainText('Zed the Second');

    await menu('reset-password');
    await page.getByTestId('reset-new').fill('the second');
    await page.getByTestId('submit').click();
    await expect(zed.getByTestId('session-ended')).toBeVisible();
    await signIn(zed, account, 'the first');
    await expect(zed.getByTestId('form-problem')).toBeVisible();
    await signIn(zed, account, 'the second');
    await expect(zed.getByTestId('account-menu')).toBeVisible();

    await menu('delete-user');
    await expect(page.getByTestId('confirm')).toContainText('Zed the Second');
    await page.getByTestId('confirm-yes').click();
    await expect(page.getByTestId('no-match')).toBeVisible();
    await expect(zed.getByTestId('session-ended')).toBeVisible();
    await signIn(zed, account, 'the second');
    await expect(zed.getByTestId('form-problem')).toBeVisible();
  });

test('a long list is turned page by page and searched', async ({ visit }) => {
  const boss = await newUser('Pager', 2);
  const { SID, company } = await signInByHttp(boss.account);
  const many = Array.from({ length: 25 }, (_, index) => `crowd${String(index).padStart(2, '0')}-${process.pid}`);
  for (const account of many)
    await ask('user', 'addUser', { SID, orgId: company.id, account, password: 'demo demo', level: 4, name: account });
  const page = await visit({ as: boss, path: '/app/#/users' });
  await page.getByTestId('search-users').fill('crowd');
  await expect(page.getByTestId('user-count')).toHaveText('25 users');
  await expect(page.getByTestId('user')).toHaveCount(20);
  await expect(page.getByTestId('page-before')).toBeDisabled();
  await page.getByTestId('page-after').click();
  await expect(page.getByTestId('page')).toHaveText('Page 2 of 2');
  await expect(page.getByTestId('user')).toHaveCount(5);
  await expect(page.getByTestId('page-after')).toBeDisabled();
  // Whatever is looked for next begins at its first page.
  await page.getByTestId('search-users').fill('crowd1');
  await expect(page.getByTestId('user')).toHaveCount(10);
  await expect(page.getByTestId('page')).toHaveCount(0);
});

test('nobody resets, deletes or promotes themselves, and nobody of the company touches the platform’s own', async ({
  visit,
}) => {
  const boss = await newUser('Self', 2);
  const page = await visit({ as: boss, path: '/app/#/users' });
  await page.getByTestId('search-users').fill(boss.account);
  await expect(page.getByTestId('user')).toHaveCount(1);
  await page.getByTestId('user-menu').click();
  await expect(page.getByTestId('edit-user')).toBeVisible();
  await expect(page.getByTestId('delete-user')).toHaveCount(0);
  await expect(page.getByTestId('reset-password')).toHaveCount(0);
  await page.getByTestId('edit-user').click();
  await expect(page.getByTestId('user-level')).toBeDisabled();
  expect(await page.getByTestId('user-level').locator('option').allInnerTexts()).toEqual([
    'Member',
    'Attendee',
    'Admin',
  ]);
  await page.keyboard.press('Escape');
  const root = await visit({ as: { account: 'root' }, path: '/app/#/users' });
  await root.getByTestId('new-user').click();
  await expect(root.getByTestId('user-level').locator('option')).toHaveCount(4);
});

for (const [locale, width] of [
  ['en-GB', 1200],
  ['zh-CN', 320],
] as const)
  test(`one’s own profile and password (${locale}, ${width} px)`, async ({ visit }) => {
    const user = await newUser('Yara');
    const page = await visit({ as: user, locale, width, height: 700 });
    const elsewhere = await visit({ as: user });
    const menu = async (item: string) => {
      await page.getByTestId('account-menu').click();
      await page.getByTestId(item).click();
    };
    await menu('open-profile');
    await page.getByTestId('profile-name').fill(' ');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('profile-name')).toBeFocused();
    await page.getByTestId('profile-name').fill('Yara Young');
    await page.getByTestId('profile-email').fill('yara@example.com');
    await page.getByTestId('submit').click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Yara Young');
    await expect(page.getByTestId('account-menu')).toBeFocused();
    // The other device knows by itself.
    await expect(elsewhere.getByRole('heading', { level: 1 })).toContainText('Yara Young');

    await menu('open-password');
    const fill = async (old: string, fresh: string, again: string) => {
      await page.getByTestId('password-old').fill(old);
      await page.getByTestId('password-new').fill(fresh);
      await page.getByTestId('password-again').fill(again);
      await page.getByTestId('submit').click();
    };
    await fill('demo demo', 'abc', 'abc');
    await expect(page.getByTestId('password-new')).toBeFocused();
    await fill('demo demo', 'fresh one', 'fresh two');
    await expect(page.getByTestId('password-again')).toBeFocused();
    await fill('not it', 'fresh one', 'fresh one');
    await expect(page.getByTestId('password-old')).toBeFocused();
    await expect(page.getByTestId('change-password')).toContainText(
      locale === 'zh-CN' ? '当前密码不正确。' : 'This is not your current password.',
    );
    await fill('demo demo', 'fresh one', 'fresh one');
    await expect(page.getByTestId('notification')).toContainText(
      locale === 'zh-CN' ? '密码已修改' : 'Your password is changed.',
    );
    // This device stays signed in, the others do not.
    await expect(elsewhere.getByTestId('session-ended')).toBeVisible();
    await page.reload();
    await expect(page.getByTestId('account-menu')).toBeVisible();
    expect(await storage(elsewhere)).toBe('{}');
    await signOut(page);
    await signIn(page, user.account, 'demo demo');
    await expect(page.getByTestId('form-problem')).toBeVisible();
    await signIn(page, user.account, 'fresh one');
    await expect(page.getByTestId('account-menu')).toBeVisible();
  });

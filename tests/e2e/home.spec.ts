import { ask, expect, newUser, origin, signIn, signInByHttp, signOut, storage, test, wire } from './support/home.ts';

const languages = [
  {
    locale: 'en-GB',
    width: 1200,
    height: 800,
    title: 'Meet face to face',
    wrong: 'Account or password is wrong.',
    hello: 'Hello',
  },
  { locale: 'zh-CN', width: 320, height: 640, title: '面对面开会', wrong: '账号或密码错误。', hello: '您好' },
];

for (const { locale, width, height, title, wrong, hello } of languages)
  test(`somebody signs in, stays signed in and signs out (${locale}, ${width} px)`, async ({ visit }) => {
    const page = await visit({ locale, width, height });
    await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
    await page.getByTestId('sign-in').click();
    await expect(page.getByTestId('sign-in-account')).toBeFocused();
    await expect(page.getByTestId('sign-in-account')).toHaveAttribute('aria-invalid', 'true');
    await signIn(page, 'bob', 'not it');
    await expect(page.getByTestId('form-problem')).toHaveText(wrong);
    expect(await storage(page)).toBe('{}');
    await signIn(page, 'bob');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${hello}`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Bob');
    expect(await storage(page)).toContain('meetframe.SID');
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Bob');
    await signOut(page);
    expect(await storage(page)).not.toContain('meetframe.SID');
    await page.reload();
    await expect(page.getByTestId('sign-in')).toBeVisible();
  });

test('the session id that was kept is dead after signing out', async ({ visit }) => {
  const page = await visit({ as: { account: 'bob' } });
  const SID = JSON.parse(await storage(page))['meetframe.SID'];
  await ask('room', 'queryMyRooms', { SID });
  await signOut(page);
  await expect(ask('room', 'queryMyRooms', { SID })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('who signs in on one tab is signed in on the others, and out of all of them', async ({ visit }) => {
  const page = await visit();
  const other = await page.context().newPage();
  await other.goto(`${origin()}/app/`);
  await expect(other.getByTestId('sign-in')).toBeVisible();
  await signIn(page, 'bob');
  await expect(other.getByTestId('account-menu')).toBeVisible();
  await signOut(other);
  await expect(page.getByTestId('session-ended')).toBeVisible();
  expect(await storage(page)).not.toContain('meetframe.SID');
});

test('a session that is revoked while the page is open ends there at once', async ({ visit }) => {
  const user = await newUser('Rita');
  const page = await visit({ as: user });
  await ask('account', 'logout', { SID: JSON.parse(await storage(page))['meetframe.SID'] });
  await expect(page.getByTestId('session-ended')).toHaveText('Your session has ended. Please sign in again.');
  expect(await storage(page)).toBe('{}');
});

test('a session that was revoked meanwhile locks nobody out: not of the page, not of a meeting', async ({ visit }) => {
  const user = await newUser('Rolf');
  const page = await visit({ as: user });
  const SID = JSON.parse(await storage(page))['meetframe.SID'];
  await page.goto('about:blank');
  await ask('account', 'logout', { SID });
  await page.goto(`${origin()}/app/`);
  await expect(page.getByTestId('session-ended')).toBeVisible();
  expect(await storage(page)).toBe('{}');
  await page.evaluate((kept) => localStorage.setItem('meetframe.SID', kept), SID);
  await page.goto('about:blank');
  await page.goto(`${origin()}/app/#/?rd=1012`);
  await expect(page.getByRole('heading', { name: 'Daily stand-up' })).toBeVisible();
  await expect(page.getByTestId('lobby-name')).toHaveValue('');
});

test('in a frame nothing is kept, and nothing that is kept is used', async ({ visit }) => {
  const page = await visit({ as: { account: 'bob' }, whole: true });
  const before = await storage(page);
  // The same browser, so that the platform's own page and the frame share what the browser lets them share.
  const partner = await page.context().newPage();
  await partner.goto(`${process.env.DEMO_ORIGIN}/api/?room=1012&name=Guest&locale=en`);
  const frame = partner.frameLocator('iframe');
  await expect(frame.locator('body')).not.toBeEmpty();
  const answer = await partner.evaluate(async () => {
    const { rtcPeer } = window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer };
    const known = rtcPeer.getCurrentUser();
    const { result } = await rtcPeer.login({ name: 'carol', password: 'demo' });
    return { known, result };
  });
  expect(answer).toEqual({ known: null, result: 0 });
  expect(await storage(page)).toBe(before);
  const inside = partner.frames().find((each) => each.url().startsWith(origin()));
  const kept = await inside?.evaluate(() => {
    try {
      return JSON.stringify({ ...localStorage });
    } catch {
      // The browser gives a frame of another site no storage at all.
      return '{}';
    }
  });
  expect(kept).toBe('{}');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Bob');
});

test('a plain frame without the script shows no home screen and keeps nothing', async ({ visit }) => {
  const page = await visit({ as: { account: 'bob' } });
  await page.route(`${origin()}/app/frame-test`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<iframe src="/app/"></iframe>' }),
  );
  await page.goto(`${origin()}/app/frame-test`);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('status')).toContainText('Ready');
  await expect(frame.getByTestId('account-menu')).toHaveCount(0);
});

test('a lost connection is said, nothing is lost with it, and the page comes back by itself', async ({ visit }) => {
  const page = await visit();
  const { cut, mend } = await wire(page);
  await page.reload();
  await signIn(page, 'bob');
  await expect(page.getByTestId('account-menu')).toBeVisible();
  cut();
  await expect(page.getByTestId('reconnect-banner')).toBeVisible();
  await page.getByTestId('section-rooms').click();
  await expect(page.getByTestId('loading')).toBeVisible();
  mend();
  await expect(page.getByTestId('room').first()).toBeVisible();
  await expect(page.getByTestId('reconnect-banner')).toHaveCount(0);
});

test('what cannot be sent while there is no connection is not lost, and says so', async ({ visit }) => {
  const user = await newUser('Nora');
  const page = await visit();
  const { cut, mend } = await wire(page);
  await page.clock.install();
  await page.reload();
  await signIn(page, user.account);
  await page.getByTestId('section-rooms').click();
  await page.getByTestId('new-room').click();
  await page.getByTestId('room-name').fill('Office of Nora');
  cut();
  await page.getByTestId('submit').click();
  await page.clock.fastForward(16_000);
  await expect(page.getByTestId('form-problem')).toHaveText(
    'There is no connection to the server. Please try again when it is back.',
  );
  await expect(page.getByTestId('room-name')).toHaveValue('Office of Nora');
  mend();
  await expect(page.getByTestId('reconnect-banner')).toHaveCount(0);
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('room').filter({ hasText: 'Office of Nora' })).toHaveCount(1);
});

test('the home screen that cannot be loaded can be asked for again', async ({ visit }) => {
  const page = await visit({ path: '/healthz' });
  let isDown = true;
  await page.route('**/assets/portal-*.js', (route) => (isDown ? route.abort() : route.continue()));
  await page.goto(`${origin()}/app/`);
  const retry = page.getByRole('button', { name: 'Try again' });
  await expect(retry).toBeVisible();
  isDown = false;
  await retry.click();
  await expect(page.getByTestId('sign-in')).toBeVisible();
});

test('language and theme that somebody chose are kept', async ({ visit }) => {
  const page = await visit({ as: { account: 'bob' } });
  await page.getByTestId('account-menu').click();
  await page.getByTestId('open-settings').click();
  await page.getByTestId('select-language').selectOption('zh-CN');
  await page.getByTestId('select-theme').selectOption('dark');
  await page.reload();
  await expect(page.getByTestId('section-rooms')).toHaveText('会议室');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('where the system is dark, so is the page before its script has run', async ({ browser }) => {
  const page = await browser.newPage({ colorScheme: 'dark' });
  await page.route('**/assets/index-*.js', () => {});
  await page.goto(`${origin()}/app/`, { waitUntil: 'commit' });
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(14, 17, 22)');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(241, 243, 247)');
  await page.close();
});

test('too many wrong passwords: the page says how long to wait', async ({ visit }) => {
  const account = `nobody-${process.pid}`;
  const page = await visit();
  await expect(async () => {
    await expect(signInByHttp(account, 'x').then(({ result }) => result)).rejects.toMatchObject({ code: 'THROTTLED' });
  }).toPass({ intervals: [0] });
  await signIn(page, account, 'x');
  await expect(page.getByTestId('form-problem')).toHaveText(/^Too many attempts\. Please try again in \d+ seconds\.$/);
  await page.getByTestId('switch-language').click();
  await expect(page.getByTestId('form-problem')).toHaveText(/^尝试次数过多，请在 \d+ 秒后重试。$/);
});

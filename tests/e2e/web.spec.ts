import type { BrowserContext, Page } from '@playwright/test';
import { broken } from './support/axe.ts';
import { ask, plan, platformOrigin, platformPage, signIn } from './support/http.ts';
import { eachSeesAndHears, expect, type Join, type Participant, test, throughLobby } from './support/people.ts';
import { devices, watchDevices } from './support/rtc.ts';

/** The platform's own page in somebody's browser. */
const at = (hash: string, more: Partial<Parameters<Join>[1]> = {}) => ({
  path: platformPage(hash),
  ...more,
});
/** For who waits: the page asks again after some seconds, which need not pass. */
const clock = { prepare: (context: BrowserContext) => context.clock.install() };
const passTime = (page: Page) => page.clock.fastForward(25_000);
const closed = (page: Page) => page.getByTestId('closed');
const go = (page: Page, hash: string) =>
  page.evaluate((next) => {
    location.hash = next;
  }, hash);
const own = async (SID: string, input: object): Promise<number> =>
  (await ask('room', 'createRoom', { SID, name: 'Own', roomType: 2, numberLimit: 10, isPublic: true, ...input }))
    .roomId;
/** Every address that this tab's history knows. */
const history = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (window as never as { navigation: { entries(): { url: string }[] } }).navigation.entries().map(({ url }) => url),
  );
const moderates = (page: Page, name: string) =>
  page.getByTestId('person').filter({ hasText: name }).getByText('Moderator', { exact: true });

/** Two people through the lobby of the page that they have open; each sees and hears the other. */
const meet = async (one: Participant, other: Participant): Promise<void> => {
  await throughLobby(one);
  await throughLobby(other);
  await eachSeesAndHears(one, other);
};

test.describe('by room', () => {
  test('[7.1] two people meet by the address of a room, also as the specification writes it', async ({ join }) => {
    test.slow();
    const { SID } = await signIn('alice');
    const roomId = await own(SID, {});
    const alice = await join('alice', at(`#/?rd=${roomId}`));
    const bob = await join('bob', at(`#?role=1&rd= ${roomId}&name=小明`));
    await expect(bob.page.getByTestId('lobby-name')).toHaveValue('小明');
    await meet(alice, bob);
  });

  test('[7.1] v says whether the camera is on', async ({ join }) => {
    for (const [v, isOn] of [
      ['0', 'false'],
      ['1', 'true'],
    ]) {
      const { page } = await join('alice', at(`#/?rd=1012&v=${v}`));
      await expect(page.getByTestId('toggle-camera')).toHaveAttribute('aria-pressed', isOn ?? '');
      await expect(page.getByTestId('toggle-mic')).toHaveAttribute('aria-pressed', 'true');
    }
  });

  test('[7.1] a session id signs on, and is at once out of address, history, console and every request', async ({
    join,
  }) => {
    const { SID, userId } = await signIn('alice');
    const roomId = await own(SID, { isPublic: false });
    const { page } = await join('alice', { path: 'about:blank' });
    const told: string[] = [];
    const sent: string[] = [];
    page.on('console', (line) => told.push(line.text()));
    page.on('request', async (request) =>
      told.push(request.url(), request.postData() ?? '', JSON.stringify(await request.allHeaders())),
    );
    page.on('websocket', (socket) => {
      told.push(socket.url());
      socket.on('framesent', ({ payload }) => sent.push(String(payload)));
    });
    // Where the page says it is when it shows anything for the first time.
    await page.addInitScript(() => {
      new MutationObserver(() => {
        const own = window as never as { seen?: string };
        if (document.querySelector('#root > *')) own.seen ??= location.href;
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(platformPage(`#/?SID=${SID}&uid=${userId}&rd=${roomId}&v=0`));
    await expect(page.getByTestId('lobby-name')).toHaveValue('Alice');
    expect(await page.evaluate(() => (window as never as { seen: string }).seen)).toBe(
      platformPage(`#/?rd=${roomId}&v=0`),
    );
    expect(page.url()).toBe(platformPage(`#/?rd=${roomId}&v=0`));
    await page.getByTestId('lobby-join').click();
    await expect(page.getByTestId('leave')).toBeVisible();
    // The owner moderates.
    await page.getByTestId('toggle-people').click();
    await expect(moderates(page, 'Alice')).toBeVisible();
    await page.goto(`${platformOrigin()}/healthz`);
    await page.goBack();
    expect(page.url()).toBe(platformPage(`#/?rd=${roomId}&v=0`));
    expect((await history(page)).join('\n')).not.toContain(SID);
    expect(sent.filter((text) => text.includes(SID)).every((text) => JSON.parse(text).method === 'hello')).toBe(true);
    expect(sent.some((text) => text.includes(SID))).toBe(true);
    expect(told.filter((text) => text.includes(SID))).toEqual([]);
  });

  test('[7.1] a session id in a changed address is taken out too, and signs on', async ({ join }) => {
    const { SID } = await signIn('bob');
    const { page } = await join('bob', at('#/?rd=1012'));
    await expect(page.getByTestId('lobby-name')).toHaveValue('');
    await go(page, `#/?rd=1015&SID=${SID}`);
    await expect(page.getByTestId('lobby-name')).toHaveValue('Bob');
    await expect(page.getByRole('heading', { name: 'Table for two' })).toBeVisible();
    expect((await history(page)).join('\n')).not.toContain(SID);
    expect(page.url()).toBe(platformPage('#/?rd=1015'));
  });

  test('[7.1] a reload keeps who signed on, another visit does not', async ({ join }) => {
    const { SID } = await signIn('alice');
    const { page } = await join('alice', at(`#/?rd=1014&SID=${SID}`));
    await expect(page.getByTestId('lobby-name')).toHaveValue('Alice');
    await page.reload();
    await expect(page.getByTestId('lobby-name')).toHaveValue('Alice');
    await page.goto(`${platformOrigin()}/healthz`);
    await page.goto(platformPage('#/?rd=1014'));
    // Private: to a guest it does not exist.
    await expect(closed(page)).toHaveAttribute('data-reason', 'unknown');
  });

  test('[7.1] role=1 grants nothing', async ({ join }) => {
    const { SID } = await signIn('alice');
    const roomId = await own(SID, {});
    const bob = await join('bob', at(`#/?role=1&rd=${roomId}`));
    const alice = await join('alice', at(`#/?role=2&rd=${roomId}&SID=${SID}`));
    await throughLobby(bob);
    await bob.page.getByTestId('toggle-people').click();
    await expect(bob.page.getByTestId('person').filter({ hasText: 'bob' })).toBeVisible();
    await expect(moderates(bob.page, 'bob')).toHaveCount(0);
    await throughLobby(alice);
    await expect(moderates(bob.page, 'alice')).toBeVisible();
    await expect(moderates(bob.page, 'bob')).toHaveCount(0);
  });

  test('[7.1] a session id that does not hold is said so, and one enters as a guest', async ({ join }) => {
    const { page } = await join('bob', at('#/?rd=1012&SID=long-gone'));
    await expect(page.getByTestId('sign-on-refused')).toContainText('Continue as a guest');
    await page.getByTestId('lobby-name').fill('bob');
    await page.getByTestId('lobby-join').click();
    await expect(page.getByTestId('leave')).toBeVisible();
  });

  test('[7.1] one that belongs to somebody else than the uid signs nobody on', async ({ join }) => {
    const { SID } = await signIn('alice');
    const bob = await signIn('bob');
    const { page } = await join('bob', at(`#/?rd=1012&SID=${SID}&uid=${bob.userId}`));
    await expect(page.getByTestId('sign-on-refused')).toBeVisible();
    await expect(page.getByTestId('lobby-name')).toHaveValue('');
  });

  test('[7.1] unknown, private and nonsense lead to one readable page, in both languages', async ({ join }) => {
    for (const rd of ['999999', '1014', 'abc', '-5']) {
      const { page } = await join('carol', at(`#/?rd=${rd}`));
      await expect(closed(page)).toHaveAttribute('data-reason', 'unknown');
      await expect(page.getByRole('heading')).toHaveText('We can’t find this meeting');
      await expect(closed(page)).toContainText('Private meetings are only visible to invited people');
    }
    const { page } = await join('carol', at('#/?rd=1014', { locale: 'zh-CN' }));
    await expect(page.getByRole('heading')).toHaveText('找不到此会议');
    await expect(closed(page)).toContainText('私有会议仅对其成员可见');
    expect(await broken(page.mainFrame())).toEqual([]);
    // The owner finds it, and is brought back to it after signing in.
    await page.getByTestId('closed-sign-in').click();
    await page.getByTestId('sign-in-account').fill('alice');
    await page.getByTestId('sign-in-password').fill('demo');
    await page.getByTestId('sign-in').click();
    await expect(page.getByRole('heading', { name: 'Private talk' })).toBeVisible();
    await go(page, '#/?rd=1014x');
    await page.getByTestId('go-home').click();
    await expect(closed(page)).toHaveCount(0);
    expect(page.url()).toBe(platformPage('#/'));
  });

  test('[7.1] a wrong password is asked for again', async ({ join }) => {
    const { page } = await join('bob', at('#/?rd=1013&name=bob'));
    const password = page.getByTestId('lobby-password');
    await password.fill('4321');
    await page.getByTestId('lobby-join').click();
    await expect(page.getByTestId('lobby-password')).toHaveAccessibleDescription('The password is wrong.');
    await password.fill('1234');
    await page.getByTestId('lobby-join').click();
    await expect(page.getByTestId('leave')).toBeVisible();
  });

  test('[7.1] a full room says so, and lets one in when somebody has left', async ({ join }) => {
    const { SID } = await signIn('alice');
    const roomId = await own(SID, { numberLimit: 1 });
    const alice = await join('alice', at(`#/?rd=${roomId}`));
    const bob = await join('bob', at(`#/?rd=${roomId}&name=bob`));
    await throughLobby(alice);
    await bob.page.getByTestId('lobby-join').click();
    await expect(bob.page.getByTestId('problem')).toHaveText('The room is full. Try again when someone has left.');
    await alice.page.getByTestId('leave').click();
    await expect(alice.page.getByTestId('rejoin')).toBeVisible();
    await bob.page.getByTestId('lobby-join').click();
    await expect(bob.page.getByTestId('leave')).toBeVisible();
  });

  test('[7.1] a room that an appointment made keeps to its times', async ({ join }) => {
    const { roomId, SID, move } = await plan({ name: 'Tomorrow', startsIn: 24 * 60, isPublic: true });
    const guest = await join('bob', at(`#/?rd=${roomId}`, clock));
    const owner = await join('alice', at(`#/?rd=${roomId}&SID=${SID}`, clock));
    for (const { page } of [guest, owner]) await expect(closed(page)).toHaveAttribute('data-reason', 'early');
    await move(5);
    for (const { page } of [guest, owner]) {
      await passTime(page);
      await expect(page.getByTestId('lobby-join')).toBeVisible();
    }
  });
});

test.describe('by appointment', () => {
  test('[7.2] two people meet by invite code and by id', async ({ join }) => {
    test.slow();
    const { meetingId, inviteCode, SID } = await plan({ name: 'Review', startsIn: 1, isPublic: false });
    const alice = await join('alice', at(`#/?role=1&code=${meetingId}&SID=${SID}`));
    const bob = await join('bob', at(`#/?code=${inviteCode}&name=bob`));
    await expect(bob.page.getByRole('heading', { name: 'Review' })).toBeVisible();
    await meet(alice, bob);
  });

  test('[7.2] the id of a private appointment opens nothing for guests', async ({ join }) => {
    const hidden = await plan({ name: 'Merger', startsIn: 1, isPublic: false });
    const shown = await plan({ name: 'Public', startsIn: 1, isPublic: true });
    const { page } = await join('bob', at(`#/?code=${hidden.meetingId}`));
    await expect(closed(page)).toHaveAttribute('data-reason', 'unknown');
    await expect(closed(page)).not.toContainText('Merger');
    await go(page, `#/?code=${shown.meetingId}`);
    await expect(page.getByRole('heading', { name: 'Public' })).toBeVisible();
  });

  test('[7.2] before the start the page tells it in the person’s zone, counts down, and opens by itself', async ({
    join,
  }) => {
    test.slow();
    // Rooms open 15 minutes before: this one in some seconds.
    const { inviteCode } = await plan({ name: 'Soon', startsIn: 15.2 });
    const startsAt = new Date(Date.now() + 15.2 * 60_000);
    const { page } = await join('bob', { path: 'about:blank', timezoneId: 'Asia/Shanghai' });
    await watchDevices(page);
    await page.goto(platformPage(`#/?code=${inviteCode}`));
    await expect(closed(page)).toHaveAttribute('data-reason', 'early');
    await expect(page.getByRole('heading')).toHaveText('The meeting has not started yet');
    await expect(closed(page)).toContainText('Soon');
    const told = page.getByTestId('start-time');
    await expect(told).toContainText('GMT+8');
    await expect(told).toContainText(
      new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', hour: 'numeric', minute: '2-digit' }).format(startsAt),
    );
    const remaining = page.getByTestId('remaining');
    await expect(remaining).toHaveText(/^00:1[45]:\d\d$/);
    const before = await remaining.textContent();
    await expect(remaining).not.toHaveText(before ?? '');
    // Nobody is filmed while waiting.
    expect(await devices(page)).toEqual([]);
    await expect(page.getByTestId('lobby-join')).toBeVisible({ timeout: 40_000 });
    await page.getByTestId('lobby-name').fill('bob');
    await page.getByTestId('lobby-join').click();
    await expect(page.getByTestId('leave')).toBeVisible();
  });

  test('[7.2] who waits sees that the owner moved the meeting, and gets in when it is moved to now', async ({
    join,
  }) => {
    const { inviteCode, move } = await plan({ name: 'Moved', startsIn: 3 * 24 * 60 + 60 });
    const { page } = await join('bob', at(`#/?code=${inviteCode}`, { locale: 'zh-CN', ...clock }));
    await expect(page.getByRole('heading')).toHaveText('会议尚未开始');
    await expect(page.getByTestId('remaining')).toHaveText(/^3 天 0\d:\d\d:\d\d$/);
    await move(26 * 60);
    await passTime(page);
    await expect(page.getByTestId('remaining')).toHaveText(/^1 天 0\d:\d\d:\d\d$/);
    await move(0);
    await passTime(page);
    await expect(page.getByTestId('lobby-join')).toBeVisible();
  });

  test('[7.2] over, cancelled and unknown each have their page', async ({ join }) => {
    const cancelled = await plan({ name: 'Called off', startsIn: 1 });
    await ask('appointment', 'deleteAppointment', { SID: cancelled.SID, meetingId: cancelled.meetingId });
    const { page } = await join('bob', at(`#/?code=${cancelled.inviteCode}`));
    await expect(closed(page)).toHaveAttribute('data-reason', 'over');
    await expect(page.getByRole('heading')).toHaveText('The meeting is over');
    await expect(closed(page)).toContainText('It has ended or was cancelled.');
    await expect(closed(page)).toContainText('Called off');
    for (const code of ['1000000001', '99999', 'abc']) {
      await go(page, `#/?code=${code}`);
      await expect(closed(page)).toHaveAttribute('data-reason', 'unknown');
    }
    const chinese = await join('carol', at(`#/?code=${cancelled.inviteCode}`, { locale: 'zh-CN' }));
    await expect(chinese.page.getByRole('heading')).toHaveText('会议已结束');
  });

  test('[7.2] these pages break no rule of WCAG 2.2 AA, in light and dark, on a phone', async ({ join }) => {
    const { inviteCode } = await plan({ name: 'Accessible', startsIn: 90 });
    const { page, widget } = await join('bob', at(`#/?code=${inviteCode}&SID=long-gone`));
    await page.setViewportSize({ width: 320, height: 640 });
    for (const hash of ['', '#/?code=99999']) {
      if (hash) await go(page, hash);
      await expect(closed(page)).toHaveAttribute('data-reason', hash ? 'unknown' : 'early');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        // The page hears of it a little later; axe must not look at half of the one and half of the other.
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        expect(await broken(await widget(), { looked: 'color-contrast' })).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }
  });

  test('[7.2] a meeting that is called off or moved while somebody is in the lobby', async ({ join }) => {
    const { inviteCode, move } = await plan({ name: 'Later', startsIn: 1 });
    const { page } = await join('bob', { path: 'about:blank', ...clock });
    await watchDevices(page);
    await page.goto(platformPage(`#/?code=${inviteCode}&name=bob`));
    await expect.poll(() => devices(page)).toEqual(['live', 'live']);
    await move(60);
    await page.getByTestId('lobby-join').click();
    await expect(closed(page)).toHaveAttribute('data-reason', 'early');
    await expect.poll(() => devices(page)).toEqual(['ended', 'ended']);
    await expect(page.getByTestId('remaining')).toHaveText(/^00:5\d:\d\d$|^01:00:00$/);
    await move(1);
    await passTime(page);
    await expect(page.getByTestId('lobby-join')).toBeVisible();
  });

  test('[7.2] a guest whose session is lost asks with the code again before coming back', async ({ join }) => {
    const { inviteCode } = await plan({ name: 'Lost', startsIn: 1 });
    const { page, context } = await join('bob', { path: 'about:blank' });
    await context.addInitScript(() => {
      const Native = WebSocket;
      const own = window as never as { sockets: WebSocket[]; WebSocket: unknown };
      own.sockets = [];
      own.WebSocket = class extends Native {
        constructor(address: string | URL) {
          super(address);
          own.sockets.push(this);
        }
        override send(text: string) {
          const message = JSON.parse(text);
          // The session is not asked back for: to the platform this is somebody new.
          if (message.method === 'hello') delete message.resume;
          super.send(JSON.stringify(message));
        }
      };
    });
    const asked: string[] = [];
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const { module, method } = JSON.parse(String(payload));
        if (method !== 'ping') asked.push(`${module}.${method}`);
      }),
    );
    await page.goto(platformPage(`#/?code=${inviteCode}&name=bob`));
    await page.getByTestId('lobby-join').click();
    await expect(page.getByTestId('leave')).toBeVisible();
    const alone = page.getByTestId('invite-card');
    await expect(alone).toBeVisible();
    asked.length = 0;
    await page.evaluate(() => {
      for (const socket of (window as never as { sockets: WebSocket[] }).sockets) socket.close();
    });
    await expect.poll(() => asked).toContain('meeting.enter');
    expect(asked.indexOf('session.hello')).toBeLessThan(asked.indexOf('appointment.getRoomByInviteCode'));
    expect(asked.indexOf('appointment.getRoomByInviteCode')).toBeLessThan(asked.indexOf('meeting.enter'));
    await expect(page.getByTestId('leave')).toBeVisible();
    await page.getByTestId('toggle-chat').click();
    await page.getByTestId('chat-input').fill('back again');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('chat-message').filter({ hasText: 'back again' })).toBeVisible();
  });
});

import type { MeetingFrameElement } from '@meetframe/host-sdk';
import { expect, type Page } from '@playwright/test';
import { fetchSign, type Host, openPartner, partner, platform, test, widgetFrame } from './support/partnerPage.ts';
import { grace } from './support/platform.ts';

/** Puts a `<meeting-frame>` on an empty page of the partner's. */
const put = async (page: Page, attributes: Record<string, string> = {}): Promise<void> => {
  await openPartner(page);
  const given = { host: `${platform()}/app`, sign: await fetchSign(), room: '1012', locale: 'en', ...attributes };
  await page.evaluate((all) => {
    (window as never as Host).defineElement();
    const element = document.createElement('meeting-frame');
    for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
    document.body.append(element);
  }, given);
};

const set = (page: Page, name: string, value: string): Promise<void> =>
  page
    .locator('meeting-frame')
    .evaluate((element, [key, text]) => element.setAttribute(key, text), [name, value] as const);

/** The widget as it is now; it may be loaded anew at any time. */
const widget = (page: Page) => page.frameLocator('meeting-frame iframe:not([style*="none"])');
const inLobby = (page: Page, room: string) => expect(widget(page).getByRole('heading', { level: 1 })).toHaveText(room);

/** A room of the test's own. */
const makeRoom = (page: Page, name: string): Promise<string> =>
  page.evaluate(async (title) => {
    const { RTCPeer: Peer, host, sign } = window as never as Host;
    const peer = new Peer({ host, sign });
    const { company } = await peer.login({ name: 'alice', password: 'demo' });
    const made = await peer.newTempRoom({ name: title, orgId: company?.id, numberLimit: 5, isPublic: true });
    await peer.destroy();
    return `${made.roomId}`;
  }, name);

/** Enters as a person does. */
const enter = async (page: Page, name: string): Promise<void> => {
  await widget(page).getByTestId('lobby-name').fill(name);
  await widget(page).getByTestId('lobby-join').click();
  await expect(widget(page).getByTestId('leave')).toBeVisible();
};

const demoRoom = 'Daily stand-up';

test('locale and theme change in place, and the meeting goes on', async ({ page }) => {
  await put(page, { theme: 'light' });
  await enter(page, 'Ann');
  const before = await widgetFrame(page);
  const root = widget(page).locator('html');
  await expect(root).toHaveAttribute('lang', 'en');
  await expect(root).toHaveAttribute('data-theme', 'light');
  await set(page, 'locale', 'zh-CN');
  await set(page, 'theme', 'dark');
  await expect(root).toHaveAttribute('lang', 'zh-CN');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await expect(widget(page).getByTestId('leave')).toBeVisible();
  expect(await widgetFrame(page)).toBe(before);
});

test('another room or host loads the widget anew', async ({ page }) => {
  await put(page);
  const other = await makeRoom(page, 'The other room');
  await inLobby(page, demoRoom);
  await enter(page, 'Ann');
  await set(page, 'room', other);
  await inLobby(page, 'The other room');
  await set(page, 'host', `${platform().replace('localhost', '127.0.0.1')}/app/`);
  await expect(page.locator('meeting-frame iframe').last()).toHaveAttribute('src', /^http:\/\/127\.0\.0\.1/);
  await inLobby(page, 'The other room');
  await expect(page.locator('iframe')).toHaveCount(1);
});

test('a sign that is not valid is replaced by one that is', async ({ page }) => {
  await put(page, { sign: 'demo.not-a-sign' });
  const failed = await page.locator('meeting-frame').evaluate(
    (element: MeetingFrameElement) =>
      new Promise<string>((resolve) => {
        const { connection } = element.rtcPeer?.state ?? {};
        if (connection === 'failed') resolve('UNAUTHENTICATED');
        element.addEventListener('failed', (event) => resolve((event as CustomEvent).detail.code));
      }),
  );
  expect(failed).toBe('UNAUTHENTICATED');
  await set(page, 'sign', await fetchSign());
  await inLobby(page, demoRoom);
});

test('a sign that changes during a meeting does not disturb it', async ({ page }) => {
  await put(page);
  await enter(page, 'Ann');
  const before = await widgetFrame(page);
  await set(page, 'sign', await fetchSign());
  const said = await page
    .locator('meeting-frame')
    .evaluate((element: MeetingFrameElement) => element.rtcPeer?.meeting.chat({ content: 'still here' }));
  expect(said?.content).toBe('still here');
  expect(await widgetFrame(page)).toBe(before);
});

test('an element that is removed leaves the meeting at once and takes its frame along', async ({ page, context }) => {
  await put(page);
  const room = await makeRoom(page, 'Left behind');
  await set(page, 'room', room);
  await inLobby(page, 'Left behind');
  await enter(page, 'Ann');
  const other = await context.newPage();
  await openPartner(other);
  const gone = other.evaluate(async (roomId) => {
    const { RTCPeer: Peer, host, sign } = window as never as Host;
    const peer = new Peer({ host, sign });
    const { members } = await peer.meeting.enter({ roomId: Number(roomId), username: 'Ben' });
    Object.assign(window, { entered: members.length });
    return new Promise<[string, number]>((resolve) =>
      peer.on('ExitRoom', ({ client }) => resolve([client.name, Date.now()])),
    );
  }, room);
  await other.waitForFunction(() => 'entered' in window);
  const removed = await page.locator('meeting-frame').evaluate((element) => {
    element.remove();
    return Date.now();
  });
  const [name, left] = await gone;
  expect(name).toBe('Ann');
  // The seat of a connection that is only lost would be kept for all of that time.
  expect(left - removed).toBeLessThan(grace);
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(page.frames()).toHaveLength(1);
});

test('a bare iframe needs no script', async ({ page }) => {
  await openPartner(page);
  await page.evaluate((src) => {
    const iframe = document.createElement('iframe');
    const origin = new URL(src).origin;
    iframe.allow = `camera ${origin}; microphone ${origin}`;
    iframe.src = src;
    document.body.append(iframe);
  }, `${platform()}/app/?app=demo#/?rd=1012&locale=en`);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText(demoRoom);
  await frame.getByTestId('lobby-name').fill('Ann');
  await frame.getByTestId('lobby-join').click();
  await expect(frame.getByTestId('leave')).toBeVisible();
});

test.describe('the one line', () => {
  /** A page as its author wrote it. What stands in `later` has not arrived when the first part and its scripts run. */
  const author = async (page: Page, first: string, later = ''): Promise<void> => {
    await page.goto(`${partner()}/`);
    await page.evaluate(
      async ([now, then]) => {
        document.open();
        const sdkLoaded = new Promise((resolve) => {
          const onLoad = ({ target }: Event) => {
            if (target instanceof HTMLScriptElement && target.src.includes('/sdk/')) setTimeout(resolve);
          };
          document.addEventListener('load', onLoad, true);
        });
        document.write(`<!doctype html>${now}`);
        if (then) await sdkLoaded;
        document.write(then);
        document.close();
      },
      [first, later] as const,
    );
  };
  const line = (attributes = '') =>
    `<script async src="${platform()}/app/embed.js" data-room="1012" data-sign-url="/sign" data-locale="en" ${attributes}></script>`;

  test('puts the meeting where it stands', async ({ page }) => {
    await author(page, `<body><main>${line()}<footer></footer></main>`);
    await inLobby(page, demoRoom);
    expect(await page.locator('main > *').evaluateAll((all) => all.map(({ localName }) => localName))).toEqual([
      'script',
      'meeting-frame',
      'footer',
    ]);
  });

  test('in the head serves a container that comes later, or the end of the body', async ({ page }) => {
    await author(
      page,
      `<head>${line('data-container="#place"')}${line()}`,
      '<body><main id="place"></main><footer></footer>',
    );
    await expect(page.locator('#place > meeting-frame')).toHaveCount(1);
    await expect(page.locator('body > meeting-frame:last-child')).toHaveCount(1);
  });

  test('may stand there several times and loads the SDK once', async ({ page }) => {
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await author(page, `<body>${line()}${line()}${line()}`);
    await expect(page.locator('meeting-frame')).toHaveCount(3);
    expect(loaded.filter((path) => path === '/app/sdk/rtcpeer.global.js')).toHaveLength(1);
    // The page hears of a rejection that nobody handles, because the SDK is loaded with CORS.
    const heard = await page.evaluate((host) => {
      const told = new Promise((resolve) =>
        addEventListener('unhandledrejection', ({ reason }) => resolve(reason.code), { once: true }),
      );
      const peer = new (window as never as Host).RTCPeer({ host, sign: 'any' });
      void peer.getRoomById({ roomId: 1 });
      peer.destroy();
      return told;
    }, `${platform()}/app`);
    expect(heard).toBe('DESTROYED');
  });

  test('twice for one container, or run again by a page that was kept, makes one meeting', async ({ page }) => {
    await author(page, `<body><main id="place"></main>${line('data-container="#place"').repeat(2)}<p>${line()}</p>`);
    await expect(page.locator('#place > meeting-frame')).toHaveCount(1);
    await expect(page.locator('p > meeting-frame')).toHaveCount(1);
    // As frameworks do that keep pages: the body is put back as it was, and its scripts run again.
    await page.evaluate(async () => {
      const kept = document.body.cloneNode(true) as HTMLElement;
      document.body.replaceWith(kept);
      const scripts = [...kept.querySelectorAll('script')].map((old) => {
        const again = document.createElement('script');
        for (const { name, value } of old.attributes) again.setAttribute(name, value);
        old.replaceWith(again);
        return new Promise((resolve) => again.addEventListener('load', resolve));
      });
      await Promise.all(scripts);
    });
    await expect(page.locator('meeting-frame')).toHaveCount(2);
    await expect(page.locator('iframe')).toHaveCount(2);
  });

  test('forgets an SDK that did not load, so that a later line works', async ({ page }) => {
    const sdk = `${platform()}/app/sdk/rtcpeer.global.js`;
    await page.route(sdk, (route) => route.abort());
    const failed = page.waitForEvent('console', (message) => message.text().includes('rtcpeer.global.js did not load'));
    await author(page, `<body>${line()}`);
    await failed;
    await page.unroute(sdk);
    await page.evaluate((src) => {
      const script = document.createElement('script');
      Object.assign(script, { src, async: true });
      Object.assign(script.dataset, { room: '1012', signUrl: '/sign', locale: 'en' });
      document.body.append(script);
    }, `${platform()}/app/embed.js`);
    await inLobby(page, demoRoom);
  });

  test('works where the page asks for Trusted Types, or says which policy the page must allow', async ({ page }) => {
    const failed: string[] = [];
    page.on('console', (message) => message.type() === 'error' && failed.push(message.text()));
    const open = async (types: string): Promise<void> => {
      await page.goto(`${partner()}/`);
      await page.evaluate(
        ([src, allowed]) => {
          const script = document.createElement('script');
          Object.assign(script, { src, async: true });
          Object.assign(script.dataset, { room: '1012', signUrl: '/sign', locale: 'en' });
          const policy = document.createElement('meta');
          policy.httpEquiv = 'Content-Security-Policy';
          policy.content = `require-trusted-types-for 'script'; trusted-types ${allowed}`;
          document.head.append(policy);
          document.body.replaceChildren(script);
        },
        [`${platform()}/app/embed.js`, types] as const,
      );
    };
    await open('none');
    await expect.poll(() => failed.join('\n')).toContain('lacks trusted-types meetframe');
    await open('meetframe');
    await inLobby(page, demoRoom);
  });

  test('says which container it did not find', async ({ page }) => {
    const told = page.waitForEvent('console', (message) => message.text().includes('data-container #none not found'));
    await author(page, `<body>${line('data-container="#none"')}`);
    expect((await told).type()).toBe('error');
    await expect(page.locator('meeting-frame')).toHaveCount(0);
  });
});

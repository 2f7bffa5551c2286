import type { RTCPeer, RTCPeerConstructor } from '@meetframe/host-sdk';
import { test as base, type Frame, type Page } from '@playwright/test';

/** What a test finds on a page that has loaded the SDK and made nothing with it yet. */
export type Host = {
  RTCPeer: RTCPeerConstructor;
  defineElement: () => void;
  host: string;
  sign: string;
  peers: RTCPeer[];
};

/** Names that stand for this machine in the tests' browser; to a browser, `.test` is no secure address without https. */
export const insecureName = 'partner.test';

export const test = base.extend({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const args = ['--use-fake-device-for-media-stream', `--host-resolver-rules=MAP ${insecureName} 127.0.0.1`];
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...args] });
    },
    { scope: 'worker' },
  ],
  permissions: ['camera', 'microphone'],
  locale: 'en-US',
});

const environment = (name: 'DEMO_ORIGIN' | 'PLATFORM_ORIGIN'): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};
/** Where the partner's pages are, and how its site is reached under another name. */
export const partner = (): string => environment('DEMO_ORIGIN');
export const partnerAs = (name: string): string => partner().replace('127.0.0.1', name);
export const platform = (): string => environment('PLATFORM_ORIGIN');
export const fetchSign = async (): Promise<string> => (await fetch(`${partner()}/sign`)).text();

/** Loads the SDK into a page or frame, as a partner's own script would. */
export const loadSdk = async (frame: Page | Frame): Promise<void> =>
  frame.evaluate(
    async ([host, sign]) => {
      const sdk = await import(`${host}/sdk/rtcpeer.js`);
      Object.assign(window, { ...sdk, host, sign, peers: [] });
    },
    [`${platform()}/app`, await fetchSign()] as const,
  );

/** A page of the partner's with nothing on it but the SDK. */
export const openPartner = async (page: Page, origin = partner()): Promise<void> => {
  await page.goto(`${origin}/`);
  await page.evaluate(() => document.body.replaceChildren());
  await loadSdk(page);
};

/** The widget of the page's n-th frame. */
export const widgetFrame = async (page: Page, index = 0): Promise<Frame> => {
  const handle = await page.locator('iframe').nth(index).elementHandle();
  const frame = await handle?.contentFrame();
  if (!frame) throw new Error(`there is no frame ${index}`);
  return frame;
};

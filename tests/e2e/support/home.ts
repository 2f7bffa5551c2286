// biome-ignore-all lint/suspicious/noExplicitAny: whatever the platform answers; each test looks into it.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, test as base, chromium, type LaunchOptions, type Page } from '@playwright/test';
import { broken as brokenIn, type Rules } from './axe.ts';
import { grantingDevices, wholeBrowser } from './browserPaths.ts';
import { expect } from './expect.ts';
import { ask, platformOrigin as origin } from './http.ts';
import type { SeedRecord } from './seedRecords.ts';

export { ask, expect, origin };

export type Account = { account: string; name: string; id: number };
let number = 0;

/** New users have a longer password than the accounts of the demo; their accounts carry numbers. */
export const passwordOf = (account: string): string => (account.includes('-') ? 'demo demo' : 'demo');

/** Signs a demo account or one of `newUser` in over HTTP. */
export const signInByHttp = async (account: string, password = passwordOf(account)): Promise<any> =>
  await ask('account', 'login', { name: account, password });

/** A fresh user of the demo company, so that tests do not see what others left behind. The password is `demo`. */
export const newUser = async (name: string, level: 2 | 4 | 5 = 4): Promise<Account> => {
  const { SID, company } = await signInByHttp('admin');
  const account = `${name.toLowerCase().replace(/\W/g, '')}-${process.pid}-${++number}`;
  const { userId } = await ask('user', 'addUser', {
    SID,
    orgId: company.id,
    account,
    password: passwordOf(account),
    level,
    name,
  });
  return { account, name, id: userId };
};

/** Puts recordings into the platform's data, as the recorder does; newest last. */
export const seedRecords = (list: SeedRecord[]): number[] => {
  const script = join(import.meta.dirname, 'seedRecords.ts');
  const output = execFileSync(process.execPath, [script, process.env.PLATFORM_DATA ?? '', JSON.stringify(list)]);
  return JSON.parse(output.toString());
};

type Visit = {
  locale?: string;
  timezoneId?: string;
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  path?: string;
  /** Signs in as this one, as a person would. */
  as?: Account | { account: string };
  /** In a browser that keeps storage of sites apart, as those of people do. */
  whole?: boolean;
};

type Fixtures = {
  /** Opens the platform's own page in a browser of one's own. */
  visit: (visit?: Visit) => Promise<Page>;
};

const launch = ({ args = [], ...options }: LaunchOptions): Promise<Browser> => {
  const granted = options.executablePath === wholeBrowser ? [] : [grantingDevices];
  return chromium.launch({ ...options, args: [...args, '--use-fake-device-for-media-stream', ...granted] });
};

export const test = base.extend<Fixtures, { browser: Browser }>({
  browser: [
    async ({ launchOptions }, use) => {
      const browser = await launch(launchOptions);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  visit: async ({ browser, launchOptions }, use) => {
    const opened: { close(): Promise<void> }[] = [];
    await use(async (visit = {}) => {
      const { width = 1200, height = 800, path = '/app/', as, whole, ...rest } = visit;
      const own = whole && (await launch({ ...launchOptions, executablePath: wholeBrowser }));
      const context = await (own || browser).newContext({
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        ...rest,
        viewport: { width, height },
        permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
      });
      // A browser closes its pages by itself.
      opened.push(own || context);
      const page = await context.newPage();
      await page.goto(`${origin()}${path}`);
      if (as) {
        await signIn(page, as.account);
        await expect(page.getByTestId('account-menu')).toBeVisible();
      }
      return page;
    });
    await Promise.all(opened.map((each) => each.close()));
  },
});

export const signIn = async (page: Page, account: string, password = passwordOf(account)): Promise<void> => {
  await page.getByTestId('sign-in-account').fill(account);
  await page.getByTestId('sign-in-password').fill(password);
  await page.getByTestId('sign-in').click();
};

export const signOut = async (page: Page): Promise<void> => {
  await page.getByTestId('account-menu').click();
  await page.getByTestId('sign-out').click();
  await expect(page.getByTestId('sign-in')).toBeVisible();
};

/** Everything that the platform's page keeps in this browser. */
export const storage = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify({ ...localStorage }));

export const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** The input that has the focus, or whatever has it, by its test id. */
export const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid'));

/** Cuts the page's connection to the platform and lets it back; call it before the page is opened anew. */
export const wire = async (page: Page): Promise<{ cut(): void; mend(): void }> => {
  let isDown = false;
  const open = new Set<{ close(options: { code: number }): Promise<void> }>();
  await page.routeWebSocket('**/app/socket', (socket) => {
    if (isDown) return void socket.close({ code: 1011 });
    socket.connectToServer();
    open.add(socket);
  });
  return {
    cut() {
      isDown = true;
      for (const socket of open) void socket.close({ code: 1011 });
      open.clear();
    },
    mend() {
      isDown = false;
    },
  };
};

/** Rules of WCAG 2.2 A and AA that the page breaks now, once what moves has come to rest. */
export const broken = async (page: Page, rules?: Rules): Promise<string[]> => {
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
    return Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
  });
  return await brokenIn(page.mainFrame(), rules && { rules });
};

/** Whether anything sticks out of the page sideways. */
export const overflows = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrollers = [
      document.documentElement,
      ...document.querySelectorAll('main, dialog[open], dialog[open] form > div'),
    ];
    return scrollers
      .filter((each) => each.scrollWidth > each.clientWidth + 1)
      .map((each) => each.className || each.tagName);
  });

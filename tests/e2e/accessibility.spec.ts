import type { BrowserContextOptions, Page } from '@playwright/test';
import { broken } from './support/axe.ts';
import { seatGuests } from './support/crowd.ts';
import { ask, platformPage, signIn } from './support/http.ts';
import { expect, test, throughLobby } from './support/people.ts';
import { poorTargets } from './support/targets.ts';
import { hearing, type Own, tell } from './support/tell.ts';

test.setTimeout(180_000);

const peer = { id: 77, account: 'bob', name: 'Bob', company: 'Demo', email: null, phone: null, photo: null };
const ringing = {
  callId: 'c',
  state: 'ringing',
  outgoing: false,
  peer,
  type: 2,
  reason: null,
  roomId: null,
  remaining: 60_000,
};

/** Shows every screen, panel, menu and dialog of a meeting of five, and looks at each. The user moderates. */
const tour = async (page: Page, look: (name: string) => Promise<void>): Promise<void> => {
  const { SID } = await signIn('alice');
  const own = { SID, name: 'Stand-up', roomType: 2, numberLimit: 40, isPublic: true };
  const { roomId } = await ask('room', 'createRoom', own);
  const id = (testId: string) => page.getByTestId(testId).first();
  const press = async (testId: string): Promise<void> => {
    if (!(await id(testId).isVisible())) await id('toolbar-more').click();
    await id(testId).click();
  };
  const leaveIt = () => page.keyboard.press('Escape');
  /** Shows something, looks at it once it is there, and closes it. */
  const stop = async (shown: string, open: () => Promise<unknown>, close: () => Promise<unknown> = leaveIt) => {
    await open();
    await expect(id(shown)).toBeVisible();
    await look(shown);
    await close();
  };
  const closePanel = (panel: string) => () => id(panel).getByRole('button').first().click();
  const by = { id: 1, name: 'Guest 1', userId: null, pictureurl: null };

  await page.goto(platformPage('#/?rd=1013'));
  await stop('lobby-password', () => id('lobby-join').click());
  await stop('device-test', () => id('open-device-test').click());
  await stop('effects-dialog', () => id('effects').click());
  await stop('settings', () => id('open-settings').click());

  await page.goto('about:blank');
  await page.goto(platformPage(`#/?rd=${roomId}&SID=${SID}&v=0`));
  await id('lobby-join').click();
  await expect(id('leave')).toBeVisible();
  await stop('invite-card', async () => {});
  const one = await seatGuests(roomId, 1);
  await expect(page.getByTestId('tile')).toHaveCount(2);
  await stop('move-self', () => page.locator('[data-tile=local]').click({ position: { x: 50, y: 50 } }));
  const others = await seatGuests(roomId, 3);
  await expect(page.getByTestId('tile')).toHaveCount(5);
  await stop('toast', async () => {});

  await stop(
    'people-panel',
    () => press('toggle-people'),
    async () => {},
  );
  const menu = page.getByTestId('person-menu').nth(1);
  await stop(
    'action-remove',
    () => menu.click(),
    () => id('action-remove').click(),
  );
  await stop('ask', async () => {});
  await menu.click();
  await stop('rename', () => id('action-rename').click());
  await closePanel('people-panel')();
  await stop(
    'chat-panel',
    async () => {
      await press('toggle-chat');
      await id('chat-input').fill('https://example.com/agenda');
      await id('chat-input').press('Enter');
      await expect(id('chat-message')).toBeVisible();
    },
    () => press('toggle-chat'),
  );

  if (await id('toolbar-more').isVisible()) await stop('open-settings', () => id('toolbar-more').click());
  if (await id('microphone-menu').isVisible()) await stop('choose-microphone', () => id('microphone-menu').click());
  await stop('open-effects', () => id('camera-menu').click());
  await stop('layout-menu', () => press('toggle-layout'));
  await press('toggle-layout');
  await stop(
    'pin',
    () => id('layout-speaker').click(),
    async () => {},
  );
  const reactions = (await id('toolbar-more').isVisible()) ? 'toolbar-more' : 'toggle-reactions';
  await stop('react-🎉', () => id(reactions).click());
  await stop('captions-menu', () => press('toggle-captions'));
  await stop(
    'leave-self',
    () => id('leave').click(),
    () => id('end-for-all').click(),
  );
  await stop('ask', async () => {});
  await stop('shortcuts', () => page.keyboard.press('Control+/'));
  await stop('invite', () => id('meeting-info').click());
  await stop('settings', () => press('open-settings'));

  await tell(page, 'meeting.onTranscribe', {
    state: 'on',
    sessid: '1',
    by,
    lang: 'en',
    problem: null,
    languages: ['zh'],
  });
  const data = { onebest: 'Let us begin with the figures of the last quarter', bg: '1000', ed: '3000' };
  await tell(page, 'meeting.onTranscription', { data, client: by });
  await tell(page, 'media.quality', { direction: 'upload', poor: true });
  await tell(page, 'meeting.onRecord', { roomId, recordId: 7, type: 'startRecord', client: by, startedAt: Date.now() });
  const self = await page.evaluate(() => [...(window as never as Own).roster.keys()][0]);
  await tell(page, 'meeting.onMute', { userId: self, roomId, isMute: false, fromSuper: true });
  await expect(id('captions')).toBeVisible();
  await expect(id('network-hint')).toBeVisible();
  await stop('server-record', async () => {});
  await stop('quality-details', () => id('quality').press('Enter'));
  await stop(
    'transcript-panel',
    async () => {
      await press('toggle-captions');
      await look('captions-menu');
      await id('show-transcript').click();
    },
    closePanel('transcript-panel'),
  );
  await tell(page, 'call.changed', ringing);
  await stop('incoming-call', async () => {});
  await tell(page, 'call.changed', { ...ringing, state: 'ended', reason: 'cancelled' });
  await tell(page, 'meeting.closed', { roomId, reason: 'kicked' });
  await stop('rejoin', async () => {});
  one.leave();
  others.leave();
};

const looks: Record<string, BrowserContextOptions> = {
  'on a phone, in Chinese and dark': {
    viewport: { width: 375, height: 700 },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    colorScheme: 'dark',
  },
  'on a desktop, in English and light': {
    viewport: { width: 1200, height: 800 },
    locale: 'en-US',
    colorScheme: 'light',
  },
};

for (const [name, options] of Object.entries(looks))
  test(`no screen, panel, menu or dialog of a meeting breaks a rule of WCAG 2.2 AA, ${name}`, async ({ browsers }) => {
    const browser = await browsers('alice', {});
    const context = await browser.newContext({ ...options, permissions: ['camera', 'microphone'] });
    const page = await context.newPage();
    await hearing(page);
    await tour(page, async (shown) => {
      const rules = await broken(page.mainFrame());
      // For fingers more is asked for; axe takes what a menu covers for a small target.
      expect(options.hasTouch ? rules.filter((rule) => !rule.startsWith('target-size')) : rules, shown).toEqual([]);
      if (options.hasTouch) expect(await poorTargets(page), shown).toEqual([]);
    });
    await context.close();
  });

test('what a menu contained is gone when it closes, so the focus returns to its button', async ({ join }) => {
  const alice = await join('alice', { path: '/oneline/' });
  const frame = await throughLobby(alice);
  await frame.getByTestId('toggle-people').click();
  const actions = frame.getByTestId('person').getByTestId('person-menu');
  await actions.press('Enter');
  await alice.page.keyboard.press('Tab');
  await expect(actions).not.toBeFocused();
  await alice.page.keyboard.press('Escape');
  await expect(actions).toBeFocused();
  const layout = frame.getByTestId('toggle-layout');
  await layout.press('Enter');
  await frame.getByTestId('layout-auto').press('ArrowDown');
  await frame.getByTestId('layout-grid').press('Enter');
  await expect(frame.getByTestId('layout-menu')).toHaveCount(0);
  await expect(layout).toBeFocused();
});

import type { Page } from '@playwright/test';
import { recording } from '../media/make.ts';
import {
  ask,
  broken,
  expect,
  focused,
  newUser,
  overflows,
  seedRecords,
  signIn,
  signInByHttp,
  test,
} from './support/home.ts';

const hour = 3600_000;

/** Somebody with something in every section. */
const settled = async (level: 2 | 4) => {
  const user = await newUser(`Sam ${level} of the very long name that does not fit anywhere`, level);
  const { SID } = await signInByHttp(user.account);
  const { path: source, duration } = recording();
  const name = 'A meeting with a title that is much longer than any screen of a telephone is wide';
  const members = [{ name: 'Grace Hopper', email: 'grace.brewster.murray.hopper@navy.example' }];
  const topics = [{ title: 'One', content: 'Two' }];
  const startTime = Date.now() + 3 * hour;
  await ask('appointment', 'createAppointment', { SID, name, members, topics, description: 'Bring coffee' });
  await ask('appointment', 'createAppointment', { SID, name, startTime, endTime: startTime + 30 * hour });
  await ask('room', 'createRoom', { SID, name, numberLimit: 12, isPublic: false, desc: name });
  seedRecords([
    { name, account: user.account, source, duration },
    { name: `${name}, again`, account: user.account, source, duration, failed: true },
  ]);
  return user;
};

/** Colours are looked at in each theme, all else on a narrow and on a wide page. */
const looks = [
  [{ locale: 'en-GB', width: 320, height: 640, colorScheme: 'dark' }, 'structure'],
  [{ locale: 'zh-CN', width: 320, height: 640, colorScheme: 'light' }, 'colours'],
  [{ locale: 'en-GB', width: 800, height: 900, colorScheme: 'light' }, 'structure'],
  [{ locale: 'zh-CN', width: 1600, height: 1000, colorScheme: 'dark' }, 'colours'],
] as const;

for (const [look, rules] of looks)
  test(`no screen and no dialog breaks WCAG 2.2 AA or sticks out (${Object.values(look).join(', ')})`, async ({
    visit,
  }) => {
    test.slow();
    const user = await settled(2);
    const page = await visit(look);
    const check = async (what: string) => {
      expect(await broken(page, rules), what).toEqual([]);
      expect(await overflows(page), what).toEqual([]);
    };
    const dialog = async (testId: string, what: string) => {
      await expect(page.getByTestId(testId)).toBeVisible();
      await check(what);
      await page.keyboard.press('Escape');
      await expect(page.getByTestId(testId)).toHaveCount(0);
    };
    await expect(page.getByTestId('sign-in')).toBeVisible();
    await check('welcome');
    await signIn(page, 'nobody', 'x');
    await expect(page.getByTestId('form-problem')).toBeVisible();
    await check('wrong password');
    await signIn(page, user.account);
    await expect(page.getByTestId('appointment')).toHaveCount(2);
    await check('meetings');
    await page.getByTestId('appointment-menu').first().click();
    await expect(page.getByTestId('copy-link')).toBeVisible();
    await check('menu');
    await page.keyboard.press('Escape');
    await page.getByTestId('appointment-name').first().click();
    await expect(page.getByTestId('details-time')).toBeVisible();
    await dialog('details', 'details');
    await page.getByTestId('schedule').click();
    await page.getByTestId('add-guest').click();
    await page.getByTestId('add-topic').click();
    // A new topic takes the focus, which would close the list of people again.
    await expect(page.getByTestId('topic-title').last()).toBeFocused();
    await page.getByTestId('find-people').fill('ali');
    await expect(page.getByTestId('person-option').first()).toBeVisible();
    await check('people found');
    await page.keyboard.press('Enter');
    await page.getByTestId('submit').click();
    await dialog('appointment-form', 'schedule');
    await page.getByTestId('schedule').click();
    await page.getByTestId('schedule-name').fill('Made');
    await page.getByTestId('submit').click();
    await dialog('made', 'made');

    await page.getByTestId('section-calls').click();
    await page.getByTestId('colleague-menu').first().click();
    await page.getByTestId('block-caller').click();
    await expect(page.getByTestId('blocked-callers')).toBeVisible();
    await check('calls');

    await page.getByTestId('section-rooms').click();
    await expect(page.getByTestId('room').first()).toBeVisible();
    await check('rooms');
    await page.getByTestId('new-room').click();
    await page.getByTestId('submit').click();
    await dialog('room-form', 'room');
    await page.getByTestId('room-menu').first().click();
    await page.getByTestId('room-members').click();
    await dialog('room-members-dialog', 'members');
    await page.getByTestId('room-menu').first().click();
    await page.getByTestId('room-delete').click();
    await dialog('confirm', 'confirm');

    await page.getByTestId('section-records').click();
    await expect(page.getByTestId('record').first()).toBeVisible();
    await check('records');
    await page.getByTestId('play').first().click();
    await dialog('player', 'player');

    await page.getByTestId('section-users').click();
    await expect(page.getByTestId('user').first()).toBeVisible();
    await check('users');
    await page.getByTestId('new-user').click();
    await dialog('user-form', 'user');
    await page.getByTestId('search-users').fill('nobody at all');
    await expect(page.getByTestId('no-match')).toBeVisible();
    await check('nothing found');

    await page.getByTestId('account-menu').click();
    await page.getByTestId('open-password').click();
    await dialog('change-password', 'password');
  });

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Presses Tab until that has the focus; nothing on the way may trap it. */
const tabTo = async (page: Page, testId: string): Promise<void> => {
  for (let presses = 0; presses < 60; presses++) {
    if ((await focused(page)) === testId) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${testId}.`);
};

test('everything can be done with the keyboard alone, and the focus comes back to where it was', async ({ visit }) => {
  test.slow();
  const user = await settled(4);
  const page = await visit();
  await tabTo(page, 'sign-in-account');
  await page.keyboard.type(user.account);
  await press(page, 'Tab');
  await page.keyboard.type('demo demo');
  await press(page, 'Enter');
  await expect(page.getByTestId('appointment')).toHaveCount(2);

  // The skip link leads past the sections.
  await page.locator('body').focus();
  await press(page, 'Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  await tabTo(page, 'schedule');
  await press(page, 'Enter');
  await expect(page.getByTestId('appointment-form')).toBeVisible();
  await tabTo(page, 'find-people');
  await page.keyboard.type('alice');
  await expect(page.getByTestId('person-option').first()).toBeVisible();
  // Escape closes the list and not the dialog with what was typed.
  await press(page, 'Escape');
  await expect(page.getByTestId('person-option').first()).toBeHidden();
  await expect(page.getByTestId('appointment-form')).toBeVisible();
  await press(page, 'Escape');
  await expect(page.getByTestId('appointment-form')).toHaveCount(0);
  expect(await focused(page)).toBe('schedule');

  await tabTo(page, 'appointment-menu');
  await press(page, 'Enter');
  await expect(page.getByTestId('cancel-appointment')).toBeVisible();
  await tabTo(page, 'cancel-appointment');
  await press(page, 'Enter');
  await expect(page.getByTestId('confirm')).toBeVisible();
  await press(page, 'Escape');
  await expect(page.getByTestId('confirm')).toHaveCount(0);
  expect(await focused(page)).toBe('appointment-menu');

  await page.getByTestId('section-records').focus();
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Recordings');
  await expect(page).toHaveTitle('Recordings · MeetFrame');
  await expect(page.getByTestId('section-records')).toHaveAttribute('aria-current', 'page');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Hello');
});

test('what a screen reader hears: names of actions, states, and what was just done', async ({ visit }) => {
  const user = await settled(4);
  const page = await visit({ as: user });
  const row = page.getByTestId('appointment').first();
  await expect(row.getByRole('button', { name: /^Join A meeting/ })).toBeVisible();
  await expect(row.getByRole('button', { name: /^Actions for A meeting/ })).toHaveAttribute('aria-expanded', 'false');
  await row.getByTestId('appointment-menu').click();
  await expect(row.getByRole('button', { name: /^Actions for A meeting/ })).toHaveAttribute('aria-expanded', 'true');
  await page.getByTestId('copy-link').click();
  await expect(page.getByRole('status').filter({ hasText: 'The invite link is copied.' })).toBeVisible();
  await page.getByTestId('schedule').click();
  const people = page.getByRole('combobox', { name: 'Invite people' });
  await people.fill('ali');
  await expect(people).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('listbox').getByRole('option', { selected: true })).toHaveCount(1);
  const active = await people.getAttribute('aria-activedescendant');
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute('aria-selected', 'true');
  await page.getByTestId('submit').click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveAccessibleDescription(
    'Please give the meeting a title.',
  );
});

test('the server is asked for a list once, not again and again', async ({ visit }) => {
  const user = await settled(4);
  const page = await visit();
  const asked: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => void asked.push(JSON.parse(String(payload)).method)),
  );
  await page.reload();
  await signIn(page, user.account);
  await expect(page.getByTestId('appointment')).toHaveCount(2);
  await page.getByTestId('appointment-name').first().click();
  await expect(page.getByTestId('details-time')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByTestId('section-rooms').click();
  await expect(page.getByTestId('room').first()).toBeVisible();
  const count = (method: string) => asked.filter((each) => each === method).length;
  expect([count('queryAppointments'), count('queryAppointmentById'), count('queryMyRooms')]).toEqual([1, 1, 1]);
});

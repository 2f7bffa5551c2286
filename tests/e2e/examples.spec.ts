import type { Page } from '@playwright/test';
import { recording } from '../media/make.ts';
import { broken } from './support/axe.ts';
import { seedRecords } from './support/home.ts';
import { ask, askSign, platformOrigin } from './support/http.ts';
import { eachSeesAndHears, expect, hears, type Participant, test } from './support/people.ts';

const demo = (path: string): string => new URL(path, process.env.DEMO_ORIGIN).href;

/** What only the back ends know. */
const secrets = ['demo-secret', process.env.OA_SECRET ?? '', process.env.CRM_SECRET ?? ''];

/** Signs in to the OA or the CRM as one of its own people. */
const signInAs = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name }).click();
  await expect(page.getByRole('status')).toHaveText(name);
};

/** The same person, whose widget is the one of the meeting: another frame of the page waits for calls. */
const onStage = (one: Participant): Participant => ({
  ...one,
  widget: async () => {
    const frame = await (await one.page.waitForSelector('#stage iframe')).contentFrame();
    if (!frame) throw new Error('the iframe has no frame');
    return frame;
  },
});

/** `yyyy-mm-ddThh:mm` in this machine's zone, which the browsers share. */
const fieldTime = (minutesFromNow: number): string => {
  const time = new Date(Date.now() + minutesFromNow * 60_000);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

const plan = async (page: Page, entry: { title: string; startsIn: number; with: string[] }): Promise<void> => {
  await page.getByRole('button', { name: 'New entry' }).click();
  await page.getByLabel('Title').fill(entry.title);
  await page.getByLabel('Start').fill(fieldTime(entry.startsIn));
  for (const name of entry.with) await page.getByLabel(name).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(card(page, entry.title)).toBeVisible();
};
const card = (page: Page, title: string) => page.locator(`[data-title="${title}"]`);

/** Everything that a page gets to see, from wherever it loads it. */
const everythingShownTo = (page: Page): (() => Promise<string>) => {
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    // What says that something has changed says nothing else, and does not end.
    if (response.headers()['content-type']?.startsWith('text/event-stream')) return;
    bodies.push(response.text().catch(() => ''));
  });
  page.on('websocket', (socket) => {
    const keep = ({ payload }: { payload: string | Buffer }) => bodies.push(Promise.resolve(String(payload)));
    socket.on('framereceived', keep);
    socket.on('framesent', keep);
  });
  return async () => (await Promise.all(bodies)).join('\n');
};

test.describe('OA', () => {
  test('[2.19] [6.1] [6.2] two colleagues meet from a calendar entry, as themselves, and no secret is in their pages', async ({
    join,
  }) => {
    test.slow();
    const title = `Weekly ${test.info().retry + 1}`;
    const alice = onStage(await join('alice', { path: 'about:blank' }));
    const shown = everythingShownTo(alice.page);
    await alice.page.goto(demo('/oa/'));
    await signInAs(alice.page, 'Li Na');
    await plan(alice.page, { title, startsIn: 0, with: ['Wang Wei'] });
    const bob = onStage(await join('bob', { path: '/oa/' }));
    await signInAs(bob.page, 'Wang Wei');
    // The directory says who is there.
    await alice.page.getByRole('link', { name: 'Colleagues' }).click();
    await expect(alice.page.getByRole('article').filter({ hasText: 'Wang Wei' })).toContainText('Engineer · Online');
    await alice.page.getByRole('link', { name: 'Calendar' }).click();
    for (const [one, name] of [
      [alice, 'Li Na'],
      [bob, 'Wang Wei'],
    ] as const) {
      await card(one.page, title).getByRole('button', { name: 'Open meeting' }).click();
      const frame = await one.widget();
      await expect(frame.getByTestId('lobby-name')).toHaveValue(name);
      await expect(frame.getByRole('heading', { name: title })).toBeVisible();
      await frame.getByTestId('lobby-join').click();
      await expect(frame.getByTestId('leave')).toBeVisible();
    }
    await eachSeesAndHears(alice, bob);
    // The organiser moderates, by what the platform knows of the entry.
    await bob.page.setViewportSize({ width: 1400, height: 800 });
    const frame = await bob.widget();
    await frame.getByTestId('toggle-people').click();
    const moderator = frame.getByTestId('person').filter({ hasText: 'Moderator' });
    await expect(moderator).toHaveCount(1);
    await expect(moderator).toContainText('Li Na');
    const text = await shown();
    expect(text).toContain('Wang Wei');
    for (const secret of secrets) expect(text).not.toContain(secret);
    await card(alice.page, title).getByRole('button', { name: 'Leave meeting' }).click();
    await expect(alice.page.locator('#stage iframe')).toHaveCount(0);
    await expect(frame.getByTestId('person')).toHaveCount(1);
    // The page's own button follows who leaves in the widget.
    await frame.getByTestId('leave').click();
    await expect(card(bob.page, title).getByRole('button', { name: 'Close meeting' })).toBeVisible();
  });

  test('[2.21] [2.22] an entry that is moved or deleted moves and cancels its meeting', async ({ join }) => {
    test.slow();
    const alice = onStage(await join('alice', { path: '/oa/' }));
    await signInAs(alice.page, 'Li Na');
    await plan(alice.page, { title: 'Budget', startsIn: 24 * 60, with: ['Sun Lei'] });
    const bob = onStage(await join('bob', { path: '/oa/', prepare: (context) => context.clock.install() }));
    await signInAs(bob.page, 'Sun Lei');
    await card(bob.page, 'Budget').getByRole('button', { name: 'Open meeting' }).click();
    const frame = await bob.widget();
    await expect(frame.getByTestId('closed')).toHaveAttribute('data-reason', 'early');
    await card(alice.page, 'Budget').getByRole('button', { name: 'Edit' }).click();
    await alice.page.getByLabel('Start').fill(fieldTime(0));
    const saved = alice.page.waitForResponse((response) => response.request().method() === 'PUT');
    await alice.page.getByRole('button', { name: 'Save' }).click();
    expect((await saved).ok()).toBe(true);
    // Whoever waits gets in without doing anything: the page asks again after a while.
    await bob.page.clock.fastForward(25_000);
    await throughLobbyOf(frame);
    await card(alice.page, 'Budget').getByRole('button', { name: 'Delete' }).click();
    await expect(alice.page.getByRole('alert')).toHaveText('The meeting is going on.');
    await frame.getByTestId('leave').click();
    await expect(frame.getByTestId('rejoin')).toBeVisible();
    await card(alice.page, 'Budget').getByRole('button', { name: 'Delete' }).click();
    await expect(card(alice.page, 'Budget')).toHaveCount(0);
    await frame.getByTestId('rejoin').click();
    await expect(frame.getByTestId('closed')).toHaveAttribute('data-reason', 'over');
  });

  test('whoever is not on the list of an entry does not learn of it, nor gets in', async ({ join }) => {
    const alice = await join('alice', { path: '/oa/' });
    await signInAs(alice.page, 'Li Na');
    await plan(alice.page, { title: 'Confidential', startsIn: 0, with: ['Wang Wei'] });
    const entries = await (await alice.page.request.get(demo('/oa/api/entries'))).json();
    const { id } = entries.find(({ title }: { title: string }) => title === 'Confidential');
    const { roomId } = await (await alice.page.request.post(demo(`/oa/api/entries/${id}/meeting`))).json();
    const { page } = await join('carol', { path: '/oa/' });
    expect((await page.request.get(demo('/oa/api/sign'))).status()).toBe(401);
    expect((await page.request.post(demo(`/oa/api/entries/${id}/meeting`))).status()).toBe(401);
    await signInAs(page, 'Zhao Min');
    await plan(page, { title: 'Mine', startsIn: 0, with: [] });
    await expect(card(page, 'Confidential')).toHaveCount(0);
    expect((await page.request.post(demo(`/oa/api/entries/${id}/meeting`))).status()).toBe(404);
    expect((await page.request.delete(demo(`/oa/api/entries/${id}`))).status()).toBe(404);
    // Not even with a sign-on of one's own and the number of the room.
    const mine = (await (await page.request.get(demo('/oa/api/entries'))).json())[0];
    const { SID } = await (await page.request.post(demo(`/oa/api/entries/${mine.id}/meeting`))).json();
    const sign = await (await page.request.get(demo('/oa/api/sign'))).text();
    await expect(ask('room', 'getRoomById', { SID, sign, roomId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('[2.20] one entry is one meeting, however often it is opened, and another when that was deleted elsewhere', async ({
    join,
  }) => {
    const { page } = await join('alice', { path: '/oa/' });
    await signInAs(page, 'Wang Wei');
    await plan(page, { title: 'Retro', startsIn: 0, with: ['Zhao Min'] });
    const entries = await (await page.request.get(demo('/oa/api/entries'))).json();
    const { id } = entries.find(({ title }: { title: string }) => title === 'Retro');
    const open = async () => (await page.request.post(demo(`/oa/api/entries/${id}/meeting`))).json();
    const [first, second] = await Promise.all([open(), open()]);
    const third = await open();
    expect([second.roomId, third.roomId]).toEqual([first.roomId, first.roomId]);
    const sign = await (await page.request.get(demo('/oa/api/sign'))).text();
    const { SID } = third;
    const { meetings } = await ask('appointment', 'queryAppointments', { SID, sign });
    const mine = meetings.filter(({ name }: { name: string }) => name === 'Retro');
    expect(mine).toHaveLength(1);
    await ask('appointment', 'deleteAppointment', { SID, sign, meetingId: mine[0].id });
    const again = await open();
    expect(again.roomId).not.toBe(first.roomId);
    await expect(ask('room', 'getRoomById', { SID, sign, roomId: again.roomId })).resolves.toMatchObject({
      room: { name: 'Retro' },
    });
  });

  test('bad input is refused with a sentence, and changes nothing', async ({ join }) => {
    const { page } = await join('alice', { path: '/oa/' });
    await signInAs(page, 'Sun Lei');
    const good = { title: 'T', start: new Date().toISOString(), minutes: 60, attendees: [] };
    const before = await (await page.request.get(demo('/oa/api/entries'))).json();
    for (const bad of [
      {},
      { ...good, title: ' ' },
      { ...good, title: 'x'.repeat(101) },
      { ...good, start: 'soon' },
      { ...good, minutes: 0 },
      { ...good, minutes: '60' },
      { ...good, attendees: ['mallory'] },
      { ...good, attendees: 'li.na' },
    ]) {
      const answer = await page.request.post(demo('/oa/api/entries'), { data: bad });
      expect(answer.status(), JSON.stringify(bad)).toBe(400);
      expect((await answer.json()).message).toMatch(/^[A-Z].*\.$/);
    }
    expect((await page.request.post(demo('/oa/api/entries'), { form: { title: 'T' } })).status()).toBe(415);
    expect(await (await page.request.get(demo('/oa/api/entries'))).json()).toEqual(before);
  });
});

for (const { app, name, account, other } of [
  { app: 'oa', name: 'Li Na', account: 'li.na', other: 'wang.wei' },
  { app: 'crm', name: 'Ho Ming', account: 'ho.ming', other: 'chen.jie' },
])
  test(`[6.2] no sign that a page of the ${app} holds signs anybody on`, async ({ join }) => {
    const { page } = await join('alice', { path: `/${app}/` });
    await signInAs(page, name);
    const sign = await (await page.request.get(demo(`/${app}/api/sign`))).text();
    const confirm = (data: object) => page.request.post(demo(`/${app}/confirm`), { data });
    for (const data of [{ account }, { account, sign: 'made up' }, { account, sign }, { account: 'mallory', sign }])
      expect((await confirm(data)).status()).toBe(404);
    const dock = (given: object) => ask('account', 'dockingLogin', { sign, ...given });
    for (const wanted of [account, other, 'mallory'])
      expect(await dock({ account: wanted })).toEqual({ module: 'account', method: 'dockingLogin', result: 3 });
    // Nor does one that somebody fetched elsewhere, with the right secret.
    const secret = process.env[`${app.toUpperCase()}_SECRET`] ?? '';
    const fetched = (await askSign(app, secret)).data;
    expect((await dock({ account, sign: fetched })).result).toBe(3);
  });

test('the pages of both break no rule of WCAG 2.2 AA, and stay in the language that the reader chooses', async ({
  join,
}) => {
  const { page } = await join('alice', { path: '/oa/' });
  await expect(page.getByRole('button', { name: 'Zhao Min' })).toBeVisible();
  expect(await broken(page.mainFrame())).toEqual([]);
  await signInAs(page, 'Zhao Min');
  await plan(page, { title: 'Sketches', startsIn: 0, with: ['Li Na'] });
  expect(await broken(page.mainFrame())).toEqual([]);
  await page.getByRole('button', { name: 'New entry' }).click();
  expect(await broken(page.mainFrame())).toEqual([]);
  await page.goto(demo('/crm/'));
  await signInAs(page, 'Ho Ming');
  await page.getByRole('button', { name: 'Maria Sol' }).click();
  await page.getByRole('button', { name: 'Send meeting link' }).click();
  await page.getByText('Mail sent').first().click();
  expect(await broken(page.mainFrame())).toEqual([]);
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('button', { name: 'Maria Sol' }).click();
  await page.getByRole('button', { name: '发送会议链接' }).click();
  await expect(page.frameLocator('#stage iframe').getByTestId('lobby-join')).toHaveText('加入会议');
  await page.goto(demo('/oa/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('日历');
});

test.describe('CRM', () => {
  test('[2.33] [7.2] a customer gets a link by mail and meets the agent as a guest on the platform’s page', async ({
    join,
  }) => {
    test.slow();
    const alice = onStage(await join('alice', { path: 'about:blank' }));
    const shown = everythingShownTo(alice.page);
    await alice.page.goto(demo('/crm/'));
    await signInAs(alice.page, 'Chen Jie');
    await alice.page.getByRole('button', { name: 'Anna Berg' }).click();
    await alice.page.getByRole('button', { name: 'Send meeting link' }).click();
    await throughLobbyOf(await alice.widget());
    // The customer's mail.
    const activity = alice.page.locator('#activity');
    await activity.getByText('Mail sent').first().click();
    const mail = (await activity.locator('pre').first().textContent()) ?? '';
    expect(mail).toContain('anna.berg@nordlicht.example');
    const link = /https?:\S+/.exec(mail)?.[0] ?? '';
    expect(link.startsWith(`${platformOrigin()}/app/#/?code=`)).toBe(true);
    const bob = await join('bob', { path: link });
    await expect(bob.page.getByTestId('lobby-name')).toHaveValue('Anna Berg');
    await expect(bob.page.getByRole('heading', { name: 'Nordlicht GmbH: Anna Berg' })).toBeVisible();
    await bob.page.getByTestId('lobby-join').click();
    await expect(bob.page.getByTestId('leave')).toBeVisible();
    await eachSeesAndHears(alice, bob);
    await bob.page.getByTestId('toggle-people').click();
    await expect(bob.page.getByTestId('person').filter({ hasText: 'Moderator' })).toContainText('Chen Jie');
    // The platform tells the back end, and that the page.
    await expect(activity).toContainText('In a meeting · Anna Berg');
    const text = await shown();
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  test('[4.1] [4.2] [4.4] an agent calls a contact at the site of another company; the card of the contact knows by webhook what came of it', async ({
    join,
  }) => {
    test.slow();
    const bob = await join('bob', { path: '/oa/#colleagues' });
    await signInAs(bob.page, 'Li Na');
    // Her first sign-on makes her a user of the platform.
    await expect(bob.page.locator('#latest > *')).not.toHaveCount(0);
    const alice = await join('alice', { path: '/crm/' });
    await signInAs(alice.page, 'Ho Ming');
    const contact = alice.page.locator('[data-contact="li-na"]');
    await expect(contact).toHaveAttribute('data-presence', 'online');
    const activity = alice.page.locator('#activity .row');
    await alice.page.getByRole('button', { name: 'Call', exact: true }).click();
    // In place of its own meeting each page has the frame that waits for calls.
    const [hers, his] = [await alice.widget(), await bob.widget()];
    await expect(his.getByTestId('incoming-call')).toContainText('Ho Ming');
    await expect(activity.first()).toHaveText(/Call by Ho Ming.*Ringing/);
    await his.getByTestId('accept-call').click();
    await expect.poll(() => hears(his, 'alice')).toBe(true);
    await expect(contact).toHaveAttribute('data-presence', 'busy');
    await expect(activity.first()).toHaveText(/In a call/);
    await his.getByTestId('leave').click();
    await expect(activity.first()).toHaveText(/Answered, 0:/);
    await hers.getByTestId('close-call').click();
    await his.getByTestId('close-call').click();

    // Its recording, too, and the agent plays it.
    const contacts = await (await alice.page.request.get(demo('/crm/api/contacts'))).json();
    const [{ roomId }] = contacts.find(({ id }: { id: string }) => id === 'li-na').activity;
    const { path: source, duration } = recording();
    seedRecords([{ name: 'Call', account: 'ho.ming', roomId, source, duration }]);
    const ready = activity.filter({ hasText: 'Recording is ready' });
    await ready.getByRole('button', { name: 'Play' }).click({ timeout: 15_000 });
    await expect
      .poll(() => alice.page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime))
      .toBeGreaterThan(0);
    await alice.page.getByRole('button', { name: 'Close' }).click();
    await expect(alice.page.locator('video')).toHaveCount(0);

    await bob.page.getByRole('button', { name: 'Call back' }).first().click();
    await expect(hers.getByTestId('incoming-call')).toContainText('Li Na');
    await his.getByTestId('cancel-call').click();
    await expect(activity.first()).toHaveText(/Call to Ho Ming.*Missed/);
    await expect(activity.nth(2)).toHaveText(/Answered/);
    await expect(contact.locator('.badge')).toHaveText('1');
    expect(await broken(alice.page.mainFrame())).toEqual([]);
  });

  test('without the code the room of a call does not exist to a stranger', async ({ join }) => {
    const { page } = await join('alice', { path: '/crm/' });
    await signInAs(page, 'Ho Ming');
    const meeting = await (await page.request.post(demo('/crm/api/contacts/tom-lin/meeting'))).json();
    await expect(ask('room', 'getRoomById', { roomId: meeting.roomId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const other = await join('bob', { path: `${platformOrigin()}/app/#/?rd=${meeting.roomId}` });
    await expect(other.page.getByTestId('closed')).toHaveAttribute('data-reason', 'unknown');
    expect((await other.page.request.post(demo('/crm/api/contacts/tom-lin/meeting'))).status()).toBe(401);
    expect((await page.request.post(demo('/crm/api/contacts/nobody/meeting'))).status()).toBe(404);
  });
});

async function throughLobbyOf(frame: Awaited<ReturnType<Participant['widget']>>): Promise<void> {
  await frame.getByTestId('lobby-join').click({ timeout: 40_000 });
  await expect(frame.getByTestId('leave')).toBeVisible();
}

test('components of React and Vue hold one meeting for as long as they are shown, in StrictMode and in KeepAlive', async ({
  join,
}) => {
  for (const framework of ['react', 'vue']) {
    const { page } = await join('alice', { path: `/${framework}/` });
    const frames = page.locator('iframe');
    for (let turn = 0; turn < 2; turn++) {
      await expect(page.frameLocator('iframe').getByTestId('lobby-join')).toBeVisible();
      await expect(frames).toHaveCount(1);
      await page.getByRole('button', { name: 'Close' }).click();
      await expect(frames).toHaveCount(0);
      await page.getByRole('button', { name: 'Open' }).click();
    }
    await expect(frames).toHaveCount(1);
  }
});

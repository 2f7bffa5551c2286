import { readFileSync } from 'node:fs';
import { ask, clipboard, expect, focused, newUser, signIn, signInByHttp, signOut, test } from './support/home.ts';

const hour = 3600_000;

/** Day and time as the form's inputs write them, in the time zone of the page. */
const local = (at: number, timeZone: string): { day: string; time: string } => {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
  const [day = '', time = ''] = parts.split(' ');
  return { day, time };
};

for (const [locale, width] of [
  ['en-GB', 1200],
  ['zh-CN', 320],
] as const)
  test(`a meeting is planned with colleagues, a guest and topics, sent on, changed and cancelled (${locale}, ${width} px)`, async ({
    visit,
  }) => {
    test.slow();
    const alice = await newUser('Alice Planner');
    const dora = await newUser(`Dora ${width}`);
    const page = await visit({ as: alice, locale, width, height: 700 });
    await expect(page.getByTestId('no-meetings')).toBeVisible();
    await page.getByTestId('schedule').click();

    // What is missing is said at its field, with the focus there.
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('schedule-name')).toBeFocused();
    await page.getByTestId('schedule-name').fill('Quarterly review');
    const start = Math.ceil(Date.now() / hour) * hour + 26 * hour;
    const { day, time } = local(start, 'Europe/Berlin');
    await page.getByTestId('startDay').fill(day);
    await page.getByTestId('startTime').fill(time);
    // A length first; the end can be typed, and moved along.
    await page.getByTestId('schedule-length').selectOption('90');
    await page.getByTestId('schedule-length').selectOption('0');
    await expect(page.getByTestId('endTime')).toHaveValue(local(start + 1.5 * hour, 'Europe/Berlin').time);
    await page.getByTestId('endDay').fill(local(start - 24 * hour, 'Europe/Berlin').day);
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('endDay')).toBeFocused();
    await expect(page.getByTestId('endDay')).toHaveAttribute('aria-invalid', 'true');
    await page.getByTestId('endDay').fill(local(start + hour, 'Europe/Berlin').day);

    // A colleague by the keyboard alone.
    await page.getByTestId('find-people').fill(dora.name);
    await expect(page.getByTestId('person-option')).toHaveCount(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('invitee')).toHaveCount(1);
    await page.getByTestId('invitee-role').selectOption('1');
    await page.getByTestId('find-people').fill(dora.name);
    await expect(page.getByTestId('person-option')).toHaveCount(0);
    await page.getByTestId('find-people').fill('');

    await page.getByTestId('add-guest').click();
    await page.getByTestId('guest-name').fill('Grace Hopper');
    await page.getByTestId('guest-email').fill('nonsense');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('guest-email')).toBeFocused();
    await page.getByTestId('guest-email').fill('grace@navy.example');
    // A guest who was begun and not added is not forgotten silently.
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('find-people')).toHaveAttribute('aria-invalid', 'true');
    await page.getByTestId('guest-add').click();
    await expect(page.getByTestId('invitee')).toHaveCount(2);

    await page.getByTestId('add-topic').click();
    await expect(page.getByTestId('topic-title')).toBeFocused();
    await page.keyboard.type('Numbers');
    await page.getByTestId('topic-content').fill('Of the last quarter');
    await page.getByTestId('schedule-description').fill('Bring coffee');
    await page.getByTestId('submit').click();

    const code = (await page.getByTestId('invite-code').textContent())?.replace(/\D/g, '') ?? '';
    expect(code).toMatch(/^\d{10}$/);
    await page.getByTestId('copy-invite-link').click();
    expect(await clipboard(page)).toBe(`${process.env.PLATFORM_ORIGIN}/app/#/?code=${code}`);
    await page.getByTestId('copy-invite-code').click();
    expect(await clipboard(page)).toBe(code);
    await page.getByTestId('copy-invitation').click();
    const invitation = await clipboard(page);
    expect(invitation).toContain('Quarterly review');
    expect(invitation).toContain(`#/?code=${code}`);
    expect(invitation).toContain(locale === 'zh-CN' ? '会议号：' : 'Invite code: ');
    expect(invitation).toContain(locale === 'zh-CN' ? 'Alice Planner 邀请您参加会议' : 'Alice Planner invites you');
    expect(invitation).toContain(`${process.env.PLATFORM_ORIGIN}/app/${locale === 'zh-CN' ? ' 输入会议号' : ''}`);
    // This platform has no mail server, and says so.
    await expect(page.getByTestId('made-unmailed')).toContainText('1');
    const saving = page.waitForEvent('download');
    await page.getByTestId('calendar-file').click();
    expect(readFileSync(await (await saving).path(), 'utf8')).toContain(`#/?code=${code}`);
    await expect(page.getByTestId('copy-invitation')).toHaveText(locale === 'zh-CN' ? '已复制' : 'Copied');
    await page.getByTestId('done').click();
    // The focus is back on what opened all that.
    expect(await focused(page)).toBe('schedule');

    const row = page.getByTestId('appointment');
    await expect(row).toHaveAttribute('data-phase', 'early');
    await row.getByTestId('appointment-name').click();
    const details = page.getByTestId('details');
    await expect(details).toContainText('Bring coffee');
    await expect(details).toContainText('Numbers');
    await expect(details).toContainText('grace@navy.example');
    await expect(details).toContainText(locale === 'zh-CN' ? '主持人' : 'Moderator');
    await details.getByTestId('details-edit').click();
    await page.getByTestId('schedule-name').fill('Yearly review');
    await page.getByTestId('remove-invitee').last().click();
    expect(await focused(page)).toBe('find-people');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('appointment-name')).toHaveText('Yearly review');

    // The colleague finds it on her own list, and may not change it.
    const hers = await visit({ as: dora });
    await expect(hers.getByTestId('appointment-name')).toHaveText('Yearly review');
    await hers.getByTestId('appointment-menu').click();
    await expect(hers.getByTestId('copy-link')).toBeVisible();
    await expect(hers.getByTestId('cancel-appointment')).toHaveCount(0);

    // Why there is no button to join is said on every width.
    await expect(row.getByTestId('opens')).toBeVisible();
    await page.getByTestId('appointment-menu').click();
    await page.getByTestId('cancel-appointment').click();
    await page.getByTestId('confirm-yes').click();
    await expect(page.getByTestId('notification')).toHaveText(
      locale === 'zh-CN' ? '会议已取消。' : 'The meeting is cancelled.',
    );
    await expect(page.getByTestId('no-meetings')).toBeVisible();

    // A series: three in the list, of which one is changed and all that are left are cancelled.
    await page.getByTestId('schedule').click();
    await page.getByTestId('schedule-name').fill('Stand-up');
    await page.getByTestId('startDay').fill(day);
    await page.getByTestId('repeat').selectOption('day');
    await page.getByTestId('repeat-count').fill('1');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('repeat-count')).toBeFocused();
    await page.getByTestId('repeat-count').fill('3');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('made-repeat')).toContainText('3');
    await page.getByTestId('done').click();
    await expect(row).toHaveCount(3);
    await row.first().getByTestId('appointment-menu').click();
    await page.getByTestId('edit').click();
    await page.getByTestId('schedule-name').fill('Stand-up, earlier');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('appointment-name')).toHaveText(['Stand-up, earlier', 'Stand-up', 'Stand-up']);
    await row.last().getByTestId('appointment-menu').click();
    await page.getByTestId('cancel-appointment').click();
    await page.getByTestId('scope').locator('input[value="all"]').check({ force: true });
    await page.getByTestId('confirm-yes').click();
    await expect(page.getByTestId('no-meetings')).toBeVisible();
    await hers.reload();
    await expect(hers.getByTestId('no-meetings')).toBeVisible();
  });

test('times are those of the person’s own time zone', async ({ visit }) => {
  const user = await newUser('Zoe');
  const { SID } = await signInByHttp(user.account);
  const start = Date.now() + 20 * 24 * hour;
  await ask('appointment', 'createAppointment', { SID, name: 'Call', startTime: start, endTime: start + hour });
  for (const [timeZone, locale] of [
    ['Europe/Berlin', 'en-GB'],
    ['Asia/Shanghai', 'zh-CN'],
    ['America/New_York', 'en-US'],
  ] as const) {
    const page = await visit({ as: user, timezoneId: timeZone, locale });
    const shown = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(start);
    await expect(page.getByTestId('appointment')).toContainText(shown.replace(/\s/g, ' '));
    const date = new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone }).format(start);
    await expect(page.getByTestId('day')).toContainText(date);
  }
});

test('a meeting now: straight to the lobby, and Back leads home', async ({ visit }) => {
  const user = await newUser('Nina');
  const page = await visit({ as: user });
  await page.getByTestId('new-meeting').click();
  await expect(page.getByTestId('lobby-name')).toHaveValue('Nina');
  expect(page.url()).toContain('#/?code=');
  await page.goBack();
  await expect(page.getByTestId('appointment')).toHaveAttribute('data-phase', 'open');
  await page.getByTestId('join-appointment').click();
  await page.getByTestId('lobby-join').click();
  await expect(page.getByTestId('leave')).toBeVisible();
  // The link to send is shown to who is alone.
  await expect(page.getByTestId('invite-number')).toHaveText(/^\d{3} \d{3} \d{4}$/);
  const code = (await page.getByTestId('invite-number').textContent())?.replace(/\D/g, '') ?? '';
  // In the meeting Back changes nothing: a reload finds it again.
  await page.goBack();
  await expect.poll(() => page.url()).toContain('#/?code=');
  await expect(page.getByTestId('leave')).toBeVisible();

  // Somebody without an account joins by the code, as it is read out.
  const guest = await visit();
  await guest.getByTestId('join-code').fill(`${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)}`);
  await guest.getByTestId('join').click();
  await guest.getByTestId('lobby-name').fill('Guest');
  await guest.getByTestId('lobby-join').click();
  await expect(guest.getByTestId('leave')).toBeVisible();

  // It cannot be cancelled under people's feet, and its list says that it runs.
  const second = await page.context().newPage();
  await second.goto(`${process.env.PLATFORM_ORIGIN}/app/`);
  await expect(second.getByTestId('appointment')).toHaveAttribute('data-phase', 'running');
  await second.getByTestId('appointment-menu').click();
  await second.getByTestId('cancel-appointment').click();
  await second.getByTestId('confirm-yes').click();
  await expect(second.getByTestId('form-problem')).toContainText('The meeting is in progress.');

  await page.getByTestId('leave').click();
  await page.getByTestId('leave-self').click();
  await page.getByTestId('go-home').click();
  await expect(page.getByTestId('new-meeting')).toBeVisible();
});

test('codes and numbers that lead nowhere say why', async ({ visit }) => {
  const { SID } = await signInByHttp('alice');
  const later = Date.now() + 5 * hour;
  const plan = { SID, name: 'Later', startTime: later, endTime: later + hour };
  const early = await ask('appointment', 'createAppointment', plan);
  const gone = await ask('appointment', 'createAppointment', plan);
  await ask('appointment', 'deleteAppointment', { SID, meetingId: gone.meetingId });
  const page = await visit();
  const type = async (text: string) => {
    await page.getByTestId('join-code').fill(text);
    await page.getByTestId('join').click();
  };
  const field = page.locator('form').filter({ has: page.getByTestId('join-code') });
  await type('');
  await expect(field).toContainText('Type a code or a number first.');
  await type('hello');
  await expect(field).toContainText('A code has digits only.');
  await type('999999');
  await expect(field).toContainText('There is no meeting or room with this number.');
  await type('1111111111');
  await expect(field).toContainText('There is no meeting or room with this number.');
  await type(early.inviteCode);
  const at = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Berlin' });
  await expect(field).toContainText(`This meeting is not open yet. It starts ${at.format(later)}.`);
  await type(gone.inviteCode);
  await expect(field).toContainText('This meeting is over, or was cancelled.');
  await expect(page.getByTestId('join-code')).toBeFocused();
  await type(`${process.env.PLATFORM_ORIGIN}/app/#/?rd=1012`);
  await expect(page.getByRole('heading', { name: 'Daily stand-up' })).toBeVisible();
});

test('past meetings and later ones are a step away', async ({ visit }) => {
  const user = await newUser('Paul');
  const { SID } = await signInByHttp(user.account);
  const plan = (name: string, from: number) =>
    ask('appointment', 'createAppointment', {
      SID,
      name,
      startTime: Date.now() + from,
      endTime: Date.now() + from + hour,
    });
  await plan('In a while', 45 * 24 * hour);
  const page = await visit({ as: user });
  await expect(page.getByTestId('no-meetings')).toContainText('Nothing planned');
  await page.getByTestId('more').click();
  await expect(page.getByTestId('appointment-name')).toHaveText('In a while');
  await page.getByTestId('scope-past').click();
  await expect(page.getByTestId('no-meetings')).toContainText('No past meetings');
  await expect(page.getByTestId('scope-past')).toHaveAttribute('aria-pressed', 'true');
  await page.getByTestId('scope-upcoming').click();
  await expect(page.getByTestId('no-meetings')).toContainText('Nothing planned');
});

test('a colleague who was deleted while the form was open is named at the field', async ({ visit }) => {
  const user = await newUser('Uma');
  const gone = await newUser(`Gone ${Date.now()}`);
  const page = await visit({ as: user });
  await page.getByTestId('schedule').click();
  await page.getByTestId('schedule-name').fill('Review');
  await page.getByTestId('find-people').fill(gone.name);
  await page.getByTestId('person-option').click();
  const admin = await signInByHttp('admin');
  await ask('user', 'deleteUser', { SID: admin.SID, orgId: admin.company.id, userId: gone.id });
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('find-people')).toBeFocused();
  await expect(page.getByTestId('appointment-form')).toContainText('One of these people is no longer in the company');
  await page.getByTestId('remove-invitee').click();
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('made')).toBeVisible();
});

test('who may only attend plans nothing, and sees only what they are invited to', async ({ visit }) => {
  const guest = await newUser('Attila', 5);
  const { SID } = await signInByHttp('alice');
  await ask('appointment', 'createAppointment', { SID, name: 'For Attila', members: [{ id: guest.id }] });
  const page = await visit({ as: guest });
  await expect(page.getByTestId('appointment-name')).toHaveText('For Attila');
  await expect(page.getByTestId('new-meeting')).toHaveCount(0);
  await expect(page.getByTestId('schedule')).toHaveCount(0);
  await page.getByTestId('section-rooms').click();
  await expect(page.getByTestId('room').first()).toBeVisible();
  await expect(page.getByTestId('new-room')).toHaveCount(0);
});

test('nothing of somebody is left on the screen for who signs in next', async ({ visit }) => {
  const user = await newUser('Vera');
  const { SID } = await signInByHttp(user.account);
  await ask('appointment', 'createAppointment', { SID, name: 'Secret of Vera' });
  const page = await visit({ as: user });
  await expect(page.getByTestId('appointment-name')).toHaveText('Secret of Vera');
  await signOut(page);
  const next = await newUser('Wim');
  await page.evaluate(() => {
    const seen: string[] = [];
    new MutationObserver(() => seen.push(document.body.textContent ?? '')).observe(document.body, {
      childList: true,
      subtree: true,
    });
    Object.assign(window, { seen });
  });
  await signIn(page, next.account);
  await expect(page.getByTestId('no-meetings')).toBeVisible();
  expect(await page.evaluate(() => (window as never as { seen: string[] }).seen.join('\n'))).not.toContain('Vera');
});

import { must } from './support/api.ts';
import { broken } from './support/axe.ts';
import { enter, expect, fillWindow, nothing, oa, soundOnly, test } from './support/people.ts';

test('a moderator mutes, asks, renames, lowers hands, locks and removes; the others see and hear of it', async ({
  join,
}) => {
  const [alice, bob] = await Promise.all([join('alice', oa('alice')), join('bob', oa('bob'))]);
  const { company } = await must(alice.page, 'login', { name: 'admin', password: 'demo' });
  const room = { name: 'Moderated', orgId: company.id, numberLimit: 5, isPublic: true };
  const { roomId } = await must(alice.page, 'newTempRoom', room);
  const own = await enter(alice, roomId, {}, nothing);
  // Alone: how others come, and Leave leaves at once.
  await fillWindow(alice.page);
  await expect(own.getByTestId('invite-card')).toContainText(String(roomId).slice(0, 3));
  const his = await enter(bob, roomId, { username: 'bob' }, soundOnly);
  await fillWindow(bob.page);
  await expect(own.getByTestId('toast').filter({ hasText: 'bob joined' })).toBeVisible();
  await expect(own.getByTestId('invite-card')).toHaveCount(0);

  await his.getByTestId('toggle-hand').click();
  await expect(his.getByTestId('toggle-hand')).toHaveAttribute('aria-pressed', 'true');
  await expect(own.getByTestId('tile-hand')).toBeVisible();
  await own.getByTestId('toggle-people').click();
  await expect(own.getByTestId('raised-hand')).toHaveText(/1.*bob/);
  await own.getByTestId('lower-hand').click();
  await expect(his.getByTestId('toggle-hand')).toHaveAttribute('aria-pressed', 'false');

  const menuOfBob = own.getByTestId('person').filter({ hasText: 'bob' }).getByTestId('person-menu');
  await menuOfBob.click();
  expect(await broken(own)).toEqual([]);
  await own.getByTestId('action-mute').click();
  await expect(his.getByTestId('toast')).toContainText('muted you');
  await expect(his.getByTestId('toggle-mic')).toHaveAttribute('aria-pressed', 'false');
  await menuOfBob.click();
  await own.getByTestId('action-askUnmute').click();
  await expect(his.getByTestId('unmute-request')).toContainText('asks you to unmute');
  await his.getByTestId('unmute-accept').click();
  await expect(his.getByTestId('toggle-mic')).toHaveAttribute('aria-pressed', 'true');

  await menuOfBob.click();
  await own.getByTestId('action-rename').click();
  await own.getByTestId('rename-input').fill('Robert');
  await own.page().keyboard.press('Enter');
  await expect(own.getByTestId('person').filter({ hasText: 'Robert' })).toBeVisible();
  await own.getByTestId('lock').click();
  await expect(own.getByTestId('lock')).toHaveAttribute('aria-pressed', 'true');
  await expect(his.getByTestId('toast').filter({ hasText: 'locked the meeting' })).toBeVisible();

  await own.getByTestId('person').filter({ hasText: 'Robert' }).getByTestId('person-menu').click();
  await own.getByTestId('action-remove').click();
  expect(await broken(own)).toEqual([]);
  await own.getByTestId('ask-yes').click();
  await expect(his.getByTestId('rejoin')).toBeVisible();
  await expect(own.getByTestId('person')).toHaveCount(1);
});

test('private messages, links, reactions and keys; the moderator ends the meeting for all', async ({ join }) => {
  const [alice, bob, carol] = await Promise.all((['alice', 'bob', 'carol'] as const).map((one) => join(one, oa(one))));
  if (!alice || !bob || !carol) throw new Error('three people are needed');
  const { company } = await must(alice.page, 'login', { name: 'admin', password: 'demo' });
  const room = { name: 'Talk', orgId: company.id, numberLimit: 5, isPublic: true };
  const { roomId } = await must(alice.page, 'newTempRoom', room);
  const own = await enter(alice, roomId, {}, nothing);
  const his = await enter(bob, roomId, { username: 'bob' }, nothing);
  const hers = await enter(carol, roomId, { username: 'carol' }, nothing);
  for (const { page } of [alice, bob, carol]) await fillWindow(page);

  await own.getByTestId('toggle-people').click();
  await own.getByTestId('person').filter({ hasText: 'bob' }).getByTestId('person-menu').click();
  await own.getByTestId('action-write').click();
  await own
    .getByTestId('chat-input')
    .fill('<img src=x onerror=alert(1)> https://example.com/a, and javascript:alert(1)');
  await own.getByTestId('chat-input').press('Enter');
  await expect(his.getByTestId('toggle-chat')).toHaveAccessibleName('Chat, 1 unread');
  await his.getByTestId('toast').filter({ hasText: '(private)' }).getByRole('button').first().click();
  const line = his.getByTestId('chat-message');
  await expect(line).toContainText('<img src=x onerror=alert(1)>');
  await expect(line.locator('img')).toHaveCount(0);
  const link = line.getByRole('link');
  await expect(link).toHaveText('https://example.com/a');
  expect(await link.evaluate((a: HTMLAnchorElement) => [a.href, a.target, a.rel])).toEqual([
    'https://example.com/a',
    '_blank',
    'noopener noreferrer',
  ]);
  await his.getByTestId('chat-reply').click();
  await his.getByTestId('chat-input').fill('understood');
  await his.getByTestId('chat-input').press('Enter');
  await expect(own.getByTestId('chat-message')).toHaveCount(2);
  expect(await broken(his)).toEqual([]);

  await his.getByTestId('toggle-reactions').click();
  await his.getByTestId('react-🎉').click();
  await expect(hers.locator('[data-reaction="🎉"]')).toContainText('bob');
  await his.page().keyboard.press('Escape');
  // By now a message for all would have come.
  await hers.getByTestId('toggle-chat').click();
  await expect(hers.getByTestId('chat-message')).toHaveCount(0);

  await his.getByTestId('leave').focus();
  await his.page().keyboard.press('Control+Alt+KeyH');
  await expect(his.getByTestId('toggle-hand')).toHaveAttribute('aria-pressed', 'true');
  await his.page().keyboard.press('Control+Slash');
  await expect(his.getByTestId('shortcuts')).toBeVisible();
  await his.page().keyboard.press('Escape');
  // While Space is held the microphone is on.
  await his.locator('[data-stage]').focus();
  await his.page().keyboard.down('Space');
  await expect(his.getByTestId('toggle-mic')).toHaveAttribute('aria-pressed', 'true');
  await his.page().keyboard.up('Space');
  await expect(his.getByTestId('toggle-mic')).toHaveAttribute('aria-pressed', 'false');

  await own.getByTestId('leave').click();
  await own.getByTestId('end-for-all').click();
  await own.getByTestId('ask-yes').click();
  for (const frame of [own, his, hers]) await expect(frame.getByTestId('rejoin')).toBeVisible();
});

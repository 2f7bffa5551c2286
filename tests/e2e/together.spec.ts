import { readFileSync } from 'node:fs';
import type { RTCPeer } from '@meetframe/host-sdk';
import { must } from './support/api.ts';
import { broken } from './support/axe.ts';
import { enter, expect, fillWindow, nothing, oa, soundOnly, test } from './support/people.ts';

/** In the frame: a picture of 64 pixels is dropped on the stage. */
const dropPicture = async (): Promise<void> => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
  canvas.getContext('2d')?.fillRect(8, 8, 32, 32);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([blob as Blob], 'drawn.png', { type: 'image/png' }));
  const stage = document.querySelector('[data-stage]');
  for (const type of ['dragover', 'drop'])
    stage?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
};
/** In the partner's page: sends a file; answers its address as another page gets it. */
const sendFromPage = async (): Promise<string> => {
  const { rtcPeer } = window as unknown as { rtcPeer: RTCPeer };
  const heard = new Promise<string>((resolve) => rtcPeer.on('onChat', ({ file }) => resolve(file?.link ?? '')));
  await rtcPeer.meeting.sendFile({ file: new File(['by the page'], 'page.txt') });
  return await heard;
};

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

test('[3.26] [3.27] [+ sendFile] private messages, links, files, emoji, replies, reactions and keys; the moderator ends the meeting for all', async ({
  join,
}) => {
  test.slow();
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

  // A file for bob only, as the recipient is chosen; then a picture for all, dropped somewhere on the frame.
  const bytes = Buffer.from(Array.from({ length: 700_000 }, (_, at) => (at * 31) % 251));
  await own.getByTestId('chat-files').setInputFiles({ name: 'für Bob.bin', mimeType: '', buffer: bytes });
  await expect(own.getByTestId('chat-draft')).toContainText('für Bob.bin');
  await own.getByTestId('chat-send').click();
  const [saved] = await Promise.all([bob.page.waitForEvent('download'), his.getByTestId('chat-download').click()]);
  expect(saved.suggestedFilename()).toBe('für Bob.bin');
  expect(readFileSync(await saved.path()).equals(bytes)).toBe(true);
  await own.getByTestId('chat-to').selectOption('');
  await own.evaluate(dropPicture);
  await expect(own.getByTestId('chat-draft')).toContainText('drawn.png');
  await own.getByTestId('chat-emoji').click();
  await own.getByTestId('emoji-picker').getByRole('button', { name: '🎉' }).click();
  await expect(own.getByTestId('chat-input')).toHaveValue('🎉');
  await own.page().keyboard.press('Escape');
  await own.getByTestId('chat-send').click();
  for (const frame of [own, his, hers])
    await expect
      .poll(() =>
        frame
          .getByTestId('chat-picture')
          .locator('img')
          .evaluate((img: HTMLImageElement) => img.naturalWidth),
      )
      .toBe(64);
  await expect(hers.getByTestId('chat-message')).toHaveCount(2);
  await hers.getByTestId('chat-message').filter({ hasText: '🎉' }).getByTestId('chat-quote').click();
  await hers.getByTestId('chat-input').fill('congratulations');
  await hers.getByTestId('chat-send').click();
  await expect(own.getByRole('blockquote')).toContainText('🎉');
  const address = await carol.page.evaluate(sendFromPage);
  expect(address).toContain(`${process.env.PLATFORM_ORIGIN}/app/upload/files/`);
  expect(await (await carol.page.request.get(address)).text()).toBe('by the page');
  await expect(own.getByTestId('chat-download')).toHaveCount(2);
  // The end stays in sight when the frame gets narrow and low.
  await bob.page.setViewportSize({ width: 375, height: 560 });
  const gap = () => his.getByTestId('chat-log').evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
  await expect.poll(gap).toBeLessThan(2);
  await bob.page.setViewportSize({ width: 1000, height: 700 });
  await own.getByTestId('chat-picture').click();
  expect(await broken(own)).toEqual([]);
  await own.page().keyboard.press('Escape');
  const [text] = await Promise.all([alice.page.waitForEvent('download'), own.getByTestId('chat-save').click()]);
  expect(readFileSync(await text.path(), 'utf8')).toMatch(
    /Talk[\s\S]*Private to bob[\s\S]*\[für Bob\.bin, 700 kB\][\s\S]*> .*🎉/,
  );

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

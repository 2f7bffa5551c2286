import { must, roomFor } from './support/api.ts';
import { enter, expect, fillWindow, nothing, oa, test } from './support/people.ts';

test('a narrow frame keeps microphone, camera, leaving and the way to everything else', async ({ join }) => {
  const alice = await join('alice', oa('alice'));
  const roomId = await roomFor(alice.page);
  const frame = await enter(alice, roomId, {}, nothing);
  const isThere = (button: string, width: number) =>
    expect(frame.getByTestId(button), `${button} at ${width} pixels`).toBeInViewport({ ratio: 1 });
  for (const locale of ['en', 'zh-CN']) {
    await must(alice.page, 'configure', { locale });
    for (const width of [160, 200, 240, 280, 320]) {
      await fillWindow(alice.page, { width: `${width}px`, height: '420px' });
      await expect.poll(() => frame.evaluate(() => innerWidth)).toBe(width);
      for (const button of ['toggle-mic', 'toggle-camera', 'toolbar-more', 'leave']) await isThere(button, width);
      await frame.getByTestId('toolbar-more').click();
      // The menu scrolls where it is higher than the frame.
      for (const button of ['toggle-chat', 'toggle-people', 'open-settings']) {
        await frame.getByTestId(button).scrollIntoViewIfNeeded();
        await isThere(button, width);
      }
      await frame.getByTestId('toggle-chat').click();
      await isThere('chat-send', width);
      await frame.getByTestId('chat-panel').getByRole('button').first().click();
    }
  }
  await fillWindow(alice.page, { width: '160px', height: '420px' });
  await frame.getByTestId('leave').click();
  await expect(frame.getByTestId('rejoin')).toBeVisible();
});

test('a message that comes while the chat is in the menu of a tiny frame is announced there', async ({ join }) => {
  const alice = await join('alice', oa('alice'));
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  const frame = await enter(alice, roomId, {}, nothing);
  await enter(bob, roomId, {}, nothing);
  await fillWindow(alice.page, { width: '240px', height: '420px' });
  await expect(frame.getByTestId('toolbar-more')).toHaveAccessibleName('More');
  await must(bob.page, 'meeting.chat', { content: 'hello' });
  await expect(frame.getByTestId('toolbar-more')).toHaveAccessibleName('More: Chat, 1 unread');
});

test('browsers are told to translate what people wrote, and nothing else', async ({ join }) => {
  const alice = await join('alice', oa('alice'));
  const roomId = await roomFor(alice.page);
  const frame = await enter(alice, roomId, { username: 'דנה (7)' }, nothing);
  await must(alice.page, 'meeting.chat', { content: 'שלום!' });
  await frame.getByTestId('toggle-chat').click();
  await expect(frame.getByTestId('chat-message')).toHaveCount(1);
  const told = await frame.evaluate(() => {
    const written = [...document.querySelectorAll<HTMLElement>('[translate=yes]')];
    const bidi = (element: HTMLElement) => getComputedStyle(element).unicodeBidi;
    return {
      page: document.documentElement.getAttribute('translate'),
      texts: written.map(({ textContent }) => textContent),
      isIsolated: written.every((element) => /isolate|plaintext/.test(bidi(element))),
      toolbar: document.querySelector<HTMLElement>('[data-testid=leave]')?.translate,
    };
  });
  expect(told).toEqual({ page: 'no', texts: ['Own', 'דנה (7)', 'שלום!'], isIsolated: true, toolbar: false });
  await expect(frame.getByTestId('pin')).toHaveAccessibleName('Pin \u2068דנה (7)\u2069');
});

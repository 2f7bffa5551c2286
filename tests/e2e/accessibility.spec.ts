import { broken } from './support/axe.ts';
import { expect, test, throughLobby } from './support/people.ts';

test('lobby, meeting, panels and the page after leaving break no rule of WCAG 2.2 AA', async ({ join }) => {
  const alice = await join('alice', { path: '/oneline/' });
  const frame = await alice.widget();
  await expect(frame.getByTestId('lobby-join')).toBeVisible();
  expect(await broken(frame)).toEqual([]);
  await throughLobby(alice);
  expect(await broken(frame)).toEqual([]);
  await frame.getByTestId('toggle-chat').click();
  await expect(frame.getByTestId('chat-input')).toBeVisible();
  expect(await broken(frame)).toEqual([]);
  await frame.getByTestId('open-settings').click();
  await expect(frame.getByTestId('settings')).toBeVisible();
  expect(await broken(frame)).toEqual([]);
  await alice.page.keyboard.press('Escape');
  await frame.getByTestId('leave').click();
  await expect(frame.getByTestId('rejoin')).toBeVisible();
  expect(await broken(frame)).toEqual([]);
});

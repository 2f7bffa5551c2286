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
  // What a menu contained is gone, so the focus returns to its button.
  await frame.getByTestId('toggle-people').click();
  const actions = frame.getByTestId('person').getByTestId('person-menu');
  await actions.press('Enter');
  await alice.page.keyboard.press('Tab');
  await expect(actions).not.toBeFocused();
  expect(await broken(frame)).toEqual([]);
  await alice.page.keyboard.press('Escape');
  await expect(actions).toBeFocused();
  await frame.getByTestId('open-settings').click();
  await expect(frame.getByTestId('settings')).toBeVisible();
  expect(await broken(frame)).toEqual([]);
  await alice.page.keyboard.press('Escape');
  await frame.getByTestId('leave').click();
  await expect(frame.getByTestId('rejoin')).toBeVisible();
  expect(await broken(frame)).toEqual([]);
});

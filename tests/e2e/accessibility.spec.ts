import type { Frame } from '@playwright/test';
import axe from 'axe-core';
import { expect, test, throughLobby } from './support/people.ts';

/** Rules broken inside the frame, by WCAG 2.2 A and AA. */
const broken = async (frame: Frame): Promise<string[]> => {
  await frame.evaluate(axe.source);
  const { passes, violations } = await frame.evaluate(() => {
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    return (globalThis as never as { axe: typeof axe }).axe.run(document, { runOnly: { type: 'tag', values } });
  });
  expect(passes.map(({ id }) => id)).toContain('button-name');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
};

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

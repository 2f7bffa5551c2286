import type { RTCPeer } from '@meetframe/host-sdk';
import { expect, test, throughLobby } from './support/people.ts';

type Host = { rtcPeer: RTCPeer; clicked: string[] };

test('one meeting in two liveries, with parts that a page hides, buttons of its own, and a bare stage', async ({
  join,
}) => {
  const alice = await join('alice', { path: '/white-label/' });
  const { page } = alice;
  const frame = await throughLobby(alice);
  const look = () =>
    frame.evaluate(() => {
      const { theme } = document.documentElement.dataset;
      const style = getComputedStyle(document.documentElement);
      return [theme, ...['--mf-brand', '--mf-on-brand', '--mf-radius'].map((name) => style.getPropertyValue(name))];
    });
  await expect.poll(look).toEqual(['light', '#0f766e', '#fff', '14px']);
  await page.getByLabel('Livery').selectOption('Maple Telehealth');
  await expect.poll(look).toEqual(['dark', '#f97316', '#000', '2px']);

  await page.evaluate(async () => {
    const host = window as never as Host;
    host.clicked = [];
    host.rtcPeer.on('onButton', ({ id }) => host.clicked.push(id));
    await host.rtcPeer.setUi({
      chat: false,
      leave: false,
      buttons: [{ id: 'notes', label: 'Notes', isPressed: true }],
    });
  });
  await expect(frame.getByTestId('toggle-chat')).toHaveCount(0);
  await expect(frame.getByTestId('leave')).toHaveCount(0);
  await expect(frame.getByRole('button', { name: 'Notes', pressed: true })).toBeVisible();
  await frame.getByRole('button', { name: 'Notes' }).click();
  await expect.poll(() => page.evaluate(() => (window as never as Host).clicked)).toEqual(['notes']);

  // The page's own words are shown at once; what does not exist is named.
  const answers = await page.evaluate(async () => {
    const { rtcPeer } = window as never as Host;
    const texts = (en: Record<string, string>) => ({ texts: { en } });
    const set = (ui: object) => rtcPeer.setUi(ui).catch(({ code, message }) => `${code} ${message}`);
    await set(texts({ 'toolbar.people': 'Patients' }));
    return [await set({ sidebar: true }), await set(texts({ 'toolbar.poeple': 'Guests' }))];
  });
  expect(answers).toEqual([
    expect.stringMatching(/^INVALID_ARGUMENT .*sidebar/),
    'INVALID_ARGUMENT setUi: texts.en.toolbar.poeple: unknown name.',
  ]);
  await expect(frame.getByTestId('toggle-people')).toHaveText('Patients');

  await page.getByLabel('The page’s own buttons').check();
  await expect(frame.getByRole('button')).toHaveCount(0);
  await expect(frame.getByTestId('tile')).toHaveText('');
  const camera = page.getByRole('button', { name: 'Camera' });
  await expect(camera).toHaveAttribute('aria-pressed', 'true');
  await camera.click();
  await expect(camera).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByRole('button', { name: 'Leave' })).toBeHidden();
});

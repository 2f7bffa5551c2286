import type { BrowserContext, Frame, Page } from '@playwright/test';
import { heard, listen, must, roomFor } from './support/api.ts';
import { enter, expect, fillWindow, nothing, oa, sees, test } from './support/people.ts';

test.setTimeout(120_000);

/** A tab of slides, which the browser chooses by its title as soon as a page wants to capture a tab. */
const title = 'Slides of the test';
const sharing = { whole: true, flags: [`--auto-select-tab-capture-source-by-title=${title}`] };
const magenta = [255, 0, 255];

const openSlides = async (context: BrowserContext): Promise<Page> => {
  const slides = await context.newPage();
  await slides.goto(`${process.env.DEMO_ORIGIN}/`);
  await slides.evaluate(
    ([name, colour]) => {
      document.title = name;
      document.body.replaceChildren();
      document.body.style.cssText = `margin:0;height:100vh;background:${colour}`;
      // Screens are captured as they change.
      const box = document.body.appendChild(document.createElement('div'));
      box.style.cssText = 'width:40px;height:40px;background:#fff';
      setInterval(() => {
        box.style.marginLeft = `${(performance.now() / 10) % 400}px`;
      }, 50);
    },
    [title, `rgb(${magenta})`] as const,
  );
  return slides;
};

/** Size of the screen on the stage and of its video, and the colour in the middle of it. */
const screenOn = (frame: Frame) =>
  frame.evaluate(() => {
    const tile = document.querySelector<HTMLElement>('[data-source=screen]');
    const video = tile?.querySelector('video');
    if (!tile || !video?.videoWidth) return undefined;
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    canvas?.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
    const colour = [...(canvas?.getImageData(0, 0, 1, 1).data.slice(0, 3) ?? [])];
    const stage = tile.parentElement?.getBoundingClientRect();
    return { id: tile.id, share: tile.clientWidth / (stage?.width ?? 1), width: video.videoWidth, colour };
  });
const isMagenta = (colour: number[] | undefined): boolean =>
  colour?.every((value, index) => Math.abs(value - (magenta[index] ?? 0)) < 40) ?? false;

/** How many sounds the frame plays: what is in them is silence here, because Playwright mutes the browser. */
const sounds = (frame: Frame): Promise<number> => frame.evaluate(() => document.querySelectorAll('audio').length);

test('[3.18] [3.19] [3.20] [3.21] a tab is shared large and sharp, with its sound, beside the camera, until it is closed', async ({
  join,
}) => {
  const alice = await join('alice', { ...oa('alice'), ...sharing });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(bob.page);
  await enter(alice, roomId);
  const frame = await enter(bob, roomId, {}, nothing);
  for (const name of ['onShareScreen', 'shareScreen']) {
    await listen(bob.page, name);
    await listen(alice.page, name);
  }
  const slides = await openSlides(alice.context);
  await alice.page.bringToFront();

  // The partner's own button.
  await alice.page.evaluate(() => {
    const button = document.body.appendChild(document.createElement('button'));
    button.id = 'partner-share';
    button.style.cssText = 'position:fixed;z-index:9;top:0;left:0';
    button.onclick = () =>
      (window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer }).rtcPeer.meeting.shareScreen();
  });
  await alice.page.click('#partner-share');
  await expect
    .poll(() => heard(alice.page, 'shareScreen'))
    .toEqual([{ type: 'play', shareScreenId: expect.any(Number) }]);
  const [{ shareScreenId }] = await heard(alice.page, 'shareScreen');
  await expect((await alice.widget()).getByTestId('share-bar')).toBeVisible();
  await expect
    .poll(() => heard(bob.page, 'onShareScreen'))
    .toEqual([{ shareScreenId, roomId, client: expect.objectContaining({ name: 'alice' }) }]);
  await expect.poll(async () => isMagenta((await screenOn(frame))?.colour), { timeout: 30_000 }).toBe(true);
  // In full, whatever the size of its tile, and with the camera beside it.
  await expect.poll(async () => (await screenOn(frame))?.width, { timeout: 30_000 }).toBeGreaterThanOrEqual(800);
  expect((await screenOn(frame))?.share).toBeGreaterThan(0.6);
  await expect.poll(() => sees(frame, 'alice')).toBe(true);
  // The voice of the one who shares, and the sound of the tab.
  await expect.poll(() => sounds(frame)).toBe(2);

  await must(bob.page, 'meeting.hangupScreenshare');
  await expect.poll(() => screenOn(frame)).toBeUndefined();
  await expect.poll(() => sounds(frame)).toBe(1);
  await must(bob.page, 'meeting.playShareScreen', { shareScreenId, domId: 'screenvideo' });
  await expect.poll(async () => (await screenOn(frame))?.id).toBe('screenvideo');

  // As the browser's own bar does, closing the tab ends the capture.
  await slides.close();
  await expect
    .poll(async () => (await heard(bob.page, 'onShareScreen')).at(-1))
    .toMatchObject({ shareScreenId: null, client: { name: 'alice' } });
  expect((await heard(alice.page, 'shareScreen')).at(-1)).toEqual({ type: 'stop', shareScreenId });
  await expect(frame.locator('[data-source=screen]')).toHaveCount(0);
  await expect.poll(() => sees(frame, 'alice')).toBe(true);
  await expect((await alice.widget()).getByTestId('share-bar')).toHaveCount(0);
});

test('[3.18] one at a time: others wait, the moderator takes over after a question', async ({ join }) => {
  const alice = await join('alice', { ...oa('alice'), ...sharing });
  const bob = await join('bob', { ...oa('bob'), ...sharing });
  const roomId = await roomFor(alice.page);
  const boss = await enter(alice, roomId, {}, nothing);
  const frame = await enter(bob, roomId, {}, nothing);
  await openSlides(alice.context);
  await openSlides(bob.context);
  await alice.page.bringToFront();
  await bob.page.bringToFront();

  for (const { page } of [alice, bob]) await fillWindow(page);
  const own = frame.getByTestId('toggle-share');
  await own.click();
  await expect(own).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(async () => isMagenta((await screenOn(boss))?.colour), { timeout: 30_000 }).toBe(true);
  await boss.getByTestId('toggle-share').click();
  await expect(boss.getByTestId('share-take-over')).toContainText('bob');
  await boss.getByTestId('share-take-over-yes').click();
  await expect(frame.getByTestId('share-taken')).toContainText('alice');
  await expect(frame.getByTestId('share-bar')).toHaveCount(0);
  await expect.poll(async () => isMagenta((await screenOn(frame))?.colour), { timeout: 30_000 }).toBe(true);
  await expect(own).toBeDisabled();
  await boss.getByTestId('share-stop').click();
  await expect(own).toBeEnabled();
  await expect(frame.locator('[data-source=screen]')).toHaveCount(0);
});

import type { Frame } from '@playwright/test';
import { noisyVoice } from '../media/make.ts';
import { must, roomFor } from './support/api.ts';
import { broken } from './support/axe.ts';
import { enter, expect, fillWindow, oa, sees, seesMoving, test } from './support/people.ts';
import { watchConnections } from './support/rtc.ts';

/** Levels of what the microphone sends, in decibels: of the quietest tenth of the moments, and of the loudest. */
const sentLevels = (frame: Frame): Promise<{ pauses: number; voice: number }> =>
  frame.evaluate(async () => {
    const { connections } = window as never as { connections: RTCPeerConnection[] };
    const track = connections
      .flatMap((each) => each.getSenders().map((sender) => sender.track))
      .find((each) => each?.kind === 'audio' && each.readyState === 'live');
    if (!track) throw new Error('no audio is sent');
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const levels: number[] = [];
    const start = context.currentTime;
    // The sound of the file begins anew after four seconds.
    while (context.currentTime < start + 4.5) {
      const next = context.currentTime + samples.length / context.sampleRate;
      while (context.currentTime < next) await new Promise(requestAnimationFrame);
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      levels.push(10 * Math.log10(power + 1e-10));
    }
    await context.close();
    levels.sort((a, b) => a - b);
    const at = (share: number) => levels[Math.floor(levels.length * share)] ?? 0;
    return { pauses: at(0.1), voice: at(0.9) };
  });

test('another background, and less noise, are chosen beside the camera, survive the camera and end with the meeting', async ({
  join,
}) => {
  test.slow();
  const microphone = '--use-file-for-fake-audio-capture=';
  const alice = await join('alice', {
    ...oa('alice'),
    flags: [`${microphone}${noisyVoice()}`],
    without: [microphone],
    prepare: watchConnections,
  });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  const frame = await enter(alice, roomId);
  const seen = await enter(bob, roomId, {}, { audio: false, video: false });
  await expect.poll(() => sees(seen, 'alice')).toBe(true);
  const before = await sentLevels(frame);
  await fillWindow(alice.page);

  await frame.getByTestId('camera-menu').click();
  await frame.getByTestId('open-effects').click();
  await frame.getByTestId('background-dusk').check();
  await frame.getByTestId('suppress-noise').check();
  expect(await broken(frame)).toEqual([]);
  await alice.page.keyboard.press('Escape');
  await expect(frame.getByTestId('camera-menu')).toBeFocused();
  // Nobody is in Alice's picture: all of it is background.
  await expect.poll(() => sees(seen, 'alice'), { timeout: 30_000 }).toBe(false);
  await expect.poll(() => alice.page.workers().length).toBe(1);
  // The browser's own gain control lowers both by some decibels after a while.
  await expect
    .poll(async () => {
      const after = await sentLevels(frame);
      return Math.min(after.voice + 40, before.pauses - after.pauses - (before.voice - after.voice));
    })
    .toBeGreaterThan(10);

  await frame.getByTestId('toggle-camera').click();
  await expect.poll(() => alice.page.workers().length).toBe(0);
  await frame.getByTestId('toggle-camera').click();
  await expect.poll(() => seen.locator('[data-testid=tile]:not([data-tile=local]) video').count()).toBe(1);
  await expect.poll(() => alice.page.workers().length).toBe(1);
  expect(await seesMoving(seen, 'alice')).toBe(false);

  await must(alice.page, 'meeting.exit');
  await expect.poll(() => alice.page.workers().length).toBe(0);
});

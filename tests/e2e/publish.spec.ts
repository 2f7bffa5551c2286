import type { RTCPeer } from '@meetframe/host-sdk';
import type { Frame } from '@playwright/test';
import { call, heard, listen, must, roomFor, state } from './support/api.ts';
import { devicesOf, manyDevices } from './support/manyDevices.ts';
import { enter, expect, oa, sees, soundOnly, test, widgetWith } from './support/people.ts';
import { devices, sentDevices, streams, watchConnections, watchDevices } from './support/rtc.ts';

type Own = { rtcPeer: RTCPeer };

const tileOf = (frame: Frame, id: string) => frame.locator(`article[id="${id}"]`);

test('[3.4] publish takes the camera, microphone, tile, size and frame rate that the page names', async ({ join }) => {
  test.slow();
  const alice = await join('alice', { ...oa('alice'), ...manyDevices, prepare: watchConnections });
  const { page } = alice;
  const frame = await alice.widget();
  const roomId = await roomFor(page);
  const { client } = await must(page, 'meeting.enter', { roomId, username: 'alice' });
  const camera = (await devicesOf(page, 'videoinput')).at(-1);
  const microphone = (await devicesOf(page, 'audioinput')).at(-1);
  await listen(page, 'onLocalPublished');
  const { called, answer, rate } = await page.evaluate(
    async ([useCamera, useMic]) => {
      const { meeting } = (window as never as Own).rtcPeer;
      const called: unknown[] = [];
      const answer = await meeting.publish({
        ...{ audio: true, video: true, useVideo: true, localTag: 'video_0', definition: '240p' },
        ...{ minFrameRate: 5, maxFrameRate: 10, useCamera, useMic },
        callback: (value: unknown) => called.push(value),
      });
      const until = performance.now() + 10_000;
      let rate = await answer.getBitrate();
      while (performance.now() < until && (rate.video.fps === 0 || rate.audio.kbps === 0)) {
        await new Promise(requestAnimationFrame);
        rate = await answer.getBitrate();
      }
      return { called: called.map((value) => value === answer), answer: { ...answer }, rate };
    },
    [camera?.deviceId, microphone?.deviceId] as const,
  );
  expect(called).toEqual([true]);
  expect(answer.client.id).toBe(client.id);
  expect(await heard(page, 'onLocalPublished')).toEqual([{ roomId, client: answer.client }]);
  expect(await sentDevices(frame)).toEqual({ video: camera?.deviceId, audio: microphone?.deviceId });
  await expect(tileOf(frame, 'video_0')).toHaveAttribute('data-tile', 'local');
  // A tenth more than asked for: cameras do not tick exactly.
  expect(rate.video.fps).toBeLessThanOrEqual(11);
  const largest = Math.max(...(await streams(frame, 'outbound-rtp')).map(({ height }) => height));
  expect(largest).toBeGreaterThan(0);
  expect(largest).toBeLessThanOrEqual(240);
});

test('[3.4] publish opens nothing that is not to be used, and refuses what cannot be', async ({ join }) => {
  const alice = await join('alice', { ...oa('alice'), prepare: watchDevices });
  const { page } = alice;
  const frame = await alice.widget();
  expect((await call(page, 'meeting.publish', { audio: true, video: true })).code).toBe('NOT_IN_MEETING');
  const { client } = await must(page, 'meeting.enter', { roomId: await roomFor(page), username: 'alice' });
  const missing = { video: { code: 1002 }, audio: { code: 1002 } };
  for (const how of [
    { audio: false, video: false },
    { audio: false, video: true, useVideo: false },
    { audio: true, video: true, device: missing },
  ]) {
    expect((await must(page, 'meeting.publish', how)).client.id).toBe(client.id);
    expect(await devices(frame)).toEqual([]);
  }
  for (const [how, field] of [
    [{ minFrameRate: 20, maxFrameRate: 10 }, 'minFrameRate'],
    [{ maxFrameRate: 31 }, 'maxFrameRate'],
    [{ definition: '4k' }, 'definition'],
    [{ useVideo: 'yes' }, 'useVideo'],
  ] as const) {
    const { code, message } = await call(page, 'meeting.publish', { audio: true, video: true, ...how });
    expect([code, message]).toEqual(['INVALID_ARGUMENT', expect.stringContaining(field)]);
  }
  const nowhere = { audio: false, video: true, useCamera: 'no such camera' };
  expect((await call(page, 'meeting.publish', nowhere)).code).toBe('DEVICE_NOT_FOUND');
  expect(await devices(frame)).toEqual([]);
  await must(page, 'meeting.publish', { audio: true, video: true, useCamera: 'any', useMic: 'any', domId: 'local' });
  expect((await devices(frame)).toSorted()).toEqual(['live', 'live']);
  await expect(tileOf(frame, 'local')).toHaveAttribute('data-tile', 'local');
});

test('[3.5] [3.6] the page says whose picture is shown, in which tile, and for how long', async ({ join }) => {
  test.slow();
  const alice = await join('alice', oa('alice'));
  const bob = await join('bob', oa('bob'));
  const frame = await widgetWith(bob, { autoPlay: false });
  const roomId = await roomFor(alice.page);
  await enter(alice, roomId);
  await enter(bob, roomId, {}, soundOnly);
  const [client] = (await state(bob.page)).members;
  // Nobody is on the stage whom the page has not put there.
  await expect(frame.getByTestId('tile')).toHaveText(/bob/);

  const played = await bob.page.evaluate(async (member) => {
    const { meeting } = (window as never as Own).rtcPeer;
    const called: unknown[] = [];
    const answer = await meeting.play({
      client: member as never,
      domId: 'network',
      callback: (value: unknown) => called.push(value),
    });
    Object.assign(window, { getBitrate: answer.getBitrate });
    return { same: called.map((value) => value === answer), id: answer.client.id };
  }, client);
  expect(played).toEqual({ same: [true], id: client?.id });
  await expect.poll(() => sees(frame, 'alice')).toBe(true);
  await expect(tileOf(frame, 'network')).toHaveAttribute('data-client-id', String(client?.id));
  const rate = () =>
    bob.page.evaluate(() =>
      (window as never as { getBitrate(): ReturnType<RTCPeer['meeting']['getBitrate']> }).getBitrate(),
    );
  await expect.poll(async () => (await rate()).video.fps).toBeGreaterThan(0);
  await expect.poll(async () => (await rate()).video.height).toBeGreaterThan(0);

  const called = await bob.page.evaluate(async (member) => {
    const { meeting } = (window as never as Own).rtcPeer;
    const called: number[] = [];
    const callback = (value: { client: { id: number } }) => called.push(value.client.id);
    await (meeting as never as { stopPlay(how: object): Promise<unknown> }).stopPlay({ client: member, callback });
    return called;
  }, client);
  expect(called).toEqual([client?.id]);
  await expect.poll(() => sees(frame, 'alice')).toBe(false);
  await must(bob.page, 'meeting.play', { client, domId: 'network' });
  await expect.poll(() => sees(frame, 'alice')).toBe(true);
  const closed = await must(bob.page, 'meeting.closePlay', { object: client });
  expect([closed.id, closed.client.id]).toEqual([client?.id, client?.id]);
  await expect.poll(() => sees(frame, 'alice')).toBe(false);
  expect((await call(bob.page, 'meeting.play', { client: { id: 1 }, domId: 'network' })).code).toBe('NOT_FOUND');
  expect((await call(bob.page, 'meeting.closePlay', { client: { id: 1 } })).code).toBe('NOT_FOUND');
});

test('[3.7] [3.8] [3.2] camera and microphone are let go when they are off, and on leaving', async ({ join }) => {
  const alice = await join('alice', { ...oa('alice'), prepare: watchDevices });
  const { page } = alice;
  const frame = await alice.widget();
  await enter(alice, await roomFor(page));
  expect((await devices(frame)).toSorted()).toEqual(['live', 'live']);
  const { client } = await state(page);
  const called = await page.evaluate(async (own) => {
    const { meeting } = (window as never as Own).rtcPeer;
    const called: unknown[] = [];
    const answer = await (meeting as never as { updateVideoMode(how: object): Promise<unknown> }).updateVideoMode({
      ...{ video: false, client: own },
      callback: (value: unknown) => called.push(value),
    });
    return { same: called.map((value) => value === answer), id: (answer as { id: number }).id };
  }, client);
  expect(called).toEqual({ same: [true], id: client?.id });
  await expect.poll(() => devices(frame, 'video')).toEqual(['ended']);
  await must(page, 'meeting.updateVideo', { video: true });
  await expect.poll(() => devices(frame, 'video')).toEqual(['ended', 'live']);
  await must(page, 'meeting.setAudio', false);
  expect((await state(page)).microphone).toBe(false);
  await must(page, 'meeting.mute', { isMute: false });
  expect((await state(page)).microphone).toBe(true);
  expect(await must(page, 'meeting.exitRoom')).toEqual({ result: 0 });
  await expect.poll(async () => new Set(await devices(frame))).toEqual(new Set(['ended']));
});

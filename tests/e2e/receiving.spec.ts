import type { Frame, Page } from '@playwright/test';
import { call, heard, listen, must, roomFor, state } from './support/api.ts';
import { devicesOf, manyDevices } from './support/manyDevices.ts';
import { enter, expect, hears, oa, sees, test, together } from './support/people.ts';
import { sentDevices, streams, watchConnections } from './support/rtc.ts';

test.setTimeout(120_000);

/** Which simulcast layers of the camera a browser sends, from the smallest, and the bytes that each has sent. */
const sentLayers = (frame: Frame): Promise<{ active: boolean; bytes: number }[]> =>
  frame.evaluate(async () => {
    const { connections } = window as never as { connections: RTCPeerConnection[] };
    const all = await Promise.all(
      connections.filter(({ connectionState }) => connectionState === 'connected').map((each) => each.getStats()),
    );
    return all
      .flatMap((report) => [...report.values()])
      .filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video')
      .sort((a, b) => String(a.rid).localeCompare(String(b.rid)))
      .map(({ active, bytesSent }) => ({ active, bytes: bytesSent }));
  });
const activeLayers = async (frame: Frame) => (await sentLayers(frame)).map(({ active }) => active);
/** Bits per second of the camera, over the time in which the smallest layer sends a number of bytes. */
const bytesWhile = async (frame: Frame): Promise<number[]> => {
  const before = await sentLayers(frame);
  await expect
    .poll(async () => ((await sentLayers(frame))[0]?.bytes ?? 0) - (before[0]?.bytes ?? 0), { timeout: 20_000 })
    .toBeGreaterThan(3000);
  return (await sentLayers(frame)).map(({ bytes }, index) => bytes - (before[index]?.bytes ?? 0));
};
const remoteTiles = (page: Frame): Promise<number> =>
  page.evaluate(() => document.querySelectorAll('[data-testid=tile]:not([data-tile=local]) video').length);

test('[3.23] [3.40] [3.41] [3.42] [3.43] what nobody receives is not sent, and comes back at once', async ({
  join,
}) => {
  const alice = await join('alice', { ...oa('alice'), prepare: watchConnections });
  const bob = await join('bob', { ...oa('bob'), prepare: watchConnections });
  const roomId = await roomFor(alice.page);
  const sending = await enter(alice, roomId);
  const receiving = await enter(bob, roomId);
  await together(sending, receiving);
  const width = async () =>
    Math.max(...(await streams(receiving, 'inbound-rtp')).filter(({ frames }) => frames > 0).map((one) => one.width));

  // The large layer, asked for whatever the size of the tile.
  await must(bob.page, 'meeting.switchVideoBySim', 2);
  await expect.poll(() => activeLayers(sending)).toEqual([true, true]);
  await must(bob.page, 'meeting.switchVideoSimByDom', 'remote', 0);
  await expect.poll(width, { timeout: 20_000 }).toBe(320);
  await expect.poll(() => activeLayers(sending), { timeout: 20_000 }).toEqual([true, false]);
  const [small = 0, ...larger] = await bytesWhile(sending);
  expect(small).toBeGreaterThan(0);
  expect(larger).toEqual([0]);
  await must(bob.page, 'meeting.switchVideoBySim', { sim: 1, domId: 'remote' });
  await expect.poll(() => activeLayers(sending)).toEqual([true, true]);
  await expect.poll(width, { timeout: 40_000 }).toBe(640);

  // One video at most: the own one counts.
  await must(bob.page, 'meeting.setVideoMax', 1);
  await expect.poll(() => remoteTiles(receiving)).toBe(0);
  await expect.poll(() => activeLayers(sending), { timeout: 20_000 }).toEqual([false, false]);
  await must(bob.page, 'meeting.setVideoMax', 2);
  await expect.poll(() => sees(receiving, 'alice')).toBe(true);
  expect(await activeLayers(sending)).toEqual([true, true]);

  await must(bob.page, 'meeting.publishStreamActive', false);
  await expect.poll(() => receiving.locator('[data-tile=remote]').count()).toBe(0);
  await must(bob.page, 'meeting.publishStreamActive', true);
  await expect.poll(() => receiving.locator('[data-tile=remote]').count()).toBe(1);

  const events = async (page: Page) => (await heard(page, 'onPublished')).map(({ event }) => event);
  await listen(alice.page, 'onPublished');
  await bob.page.evaluate(
    (client) =>
      new Promise((done) =>
        (window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer }).rtcPeer.meeting.audioOnlyMeeting({
          client: client as never,
          callback: done,
        }),
      ),
    (await state(bob.page)).client,
  );
  await expect.poll(() => events(alice.page)).toEqual(['audioMode']);
  await expect.poll(() => sees(sending, 'bob')).toBe(false);
  expect([await remoteTiles(receiving), (await state(bob.page)).camera]).toEqual([0, false]);
  expect(await hears(receiving, 'alice')).toBe(true);
  expect(await hears(sending, 'bob')).toBe(true);
  await must(bob.page, 'meeting.updateVideo', true);
  await expect.poll(() => events(alice.page)).toEqual(['audioMode', 'play']);
  await expect.poll(() => sees(sending, 'bob')).toBe(true);
  await expect.poll(() => sees(receiving, 'alice')).toBe(true);
});

test('[3.22] [3.47] the next camera is sent, and the volume of the own microphone is told until it is stopped', async ({
  join,
}) => {
  const alice = await join('alice', { ...oa('alice'), ...manyDevices, prepare: watchConnections });
  const roomId = await roomFor(alice.page);
  const frame = await enter(alice, roomId);
  const cameras = (await devicesOf(alice.page, 'videoinput')).map(({ deviceId }) => deviceId);
  expect(cameras.length).toBeGreaterThan(1);
  const called = await alice.page.evaluate(
    () =>
      new Promise<{ deviceId: string }>((done) =>
        (window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer }).rtcPeer.meeting.flipsCamera(done),
      ),
  );
  expect(called.deviceId).toBe(cameras[1]);
  await expect.poll(async () => (await sentDevices(frame)).video).toBe(cameras[1]);
  for (const next of [...cameras.slice(2), cameras[0]])
    expect((await must(alice.page, 'meeting.flipsCamera')).deviceId).toBe(next);
  await expect.poll(async () => (await sentDevices(frame)).video).toBe(cameras[0]);

  type Own = { rtcPeer: import('@meetframe/host-sdk').RTCPeer; volumes: number[]; stop: () => void };
  await alice.page.evaluate(async () => {
    const own = window as never as Own;
    own.volumes = [];
    own.stop = await own.rtcPeer.meeting.getMicVolume((volume) => own.volumes.push(volume));
  });
  const volumes = () => alice.page.evaluate(() => (window as never as Own).volumes);
  await expect.poll(async () => Math.max(...(await volumes()))).toBeGreaterThan(1000);
  expect(Math.max(...(await volumes()))).toBeLessThanOrEqual(30_000);
  await must(alice.page, 'meeting.updateMute', true);
  await expect.poll(async () => (await volumes()).at(-1)).toBe(0);
  const count = await alice.page.evaluate(() => {
    const { stop, volumes: kept } = window as never as Own;
    stop();
    return kept.length;
  });
  await must(alice.page, 'meeting.getMediaDevices');
  expect(await volumes()).toHaveLength(count);
  expect((await call(alice.page, 'meeting.getMicVolume')).code).toBe('INVALID_ARGUMENT');
});

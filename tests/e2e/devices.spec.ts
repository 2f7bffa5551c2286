import type { BrowserContext, Frame } from '@playwright/test';
import { call, heard, listen, must, roomFor, state } from './support/api.ts';
import { broken } from './support/axe.ts';
import { platformPage } from './support/http.ts';
import { devicesOf, manyDevices } from './support/manyDevices.ts';
import {
  colours,
  enter,
  expect,
  hears,
  nothing,
  oa,
  soundOnly,
  test,
  throughLobby,
  together,
} from './support/people.ts';
import { sentDevices, streams, watchConnections } from './support/rtc.ts';

test.setTimeout(120_000);

/** Frames of the picture that comes in, and bytes of the sound. */
const incoming = async (frame: Frame): Promise<{ frames: number; sound: number }> => {
  const all = await streams(frame, 'inbound-rtp');
  const sum = (kind: string, read: (stream: (typeof all)[number]) => number) =>
    all.filter((stream) => stream.kind === kind).reduce((total, stream) => total + read(stream), 0);
  return { frames: sum('video', ({ frames }) => frames), sound: sum('audio', ({ bytes }) => bytes) };
};

test('[3.46] camera and microphone change while they are sent, and the others go on seeing and hearing', async ({
  join,
}) => {
  const alice = await join('alice', { ...oa('alice'), ...manyDevices, prepare: watchConnections });
  const bob = await join('bob', { ...oa('bob'), prepare: watchConnections });
  const roomId = await roomFor(alice.page);
  const sending = await enter(alice, roomId);
  const receiving = await enter(bob, roomId);
  await expect.poll(async () => (await colours(receiving))[0]?.[1]).toBeGreaterThan(190);

  const before = await sentDevices(sending);
  const [first, , camera] = await devicesOf(alice.page, 'videoinput');
  expect(before.video).toBe(first?.deviceId);
  const microphone = (await devicesOf(alice.page, 'audioinput')).find(
    ({ deviceId }) => deviceId !== before.audio && deviceId !== 'default',
  );
  expect([camera?.label, microphone?.label]).toEqual([expect.any(String), expect.any(String)]);
  await listen(alice.page, 'deviceChanged');
  const called = await alice.page.evaluate(
    async ([video, audio]) => {
      const { rtcPeer } = window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer };
      const values: unknown[] = [];
      const callback = (value: unknown) => values.push(value);
      await rtcPeer.meeting.switchDevice({ video, audio, callback } as never);
      return values;
    },
    [camera, microphone] as const,
  );
  expect(called).toHaveLength(1);
  await expect.poll(() => sentDevices(sending)).toEqual({ video: camera?.deviceId, audio: microphone?.deviceId });
  await expect.poll(async () => (await heard(alice.page, 'deviceChanged')).length).toBeGreaterThan(0);
  // The green channel of the picture in the middle: 248 of the first camera, 128 of the third.
  const green = async () => (await colours(receiving))[0]?.[1] ?? 0;
  await expect.poll(green).toBeLessThan(190);
  const then = await incoming(receiving);
  await expect.poll(async () => (await incoming(receiving)).frames).toBeGreaterThan(then.frames + 10);
  await expect.poll(async () => (await incoming(receiving)).sound).toBeGreaterThan(then.sound);

  expect((await call(alice.page, 'meeting.switchDevice', { video: { deviceId: 'nonsense' } })).code).toBe(
    'DEVICE_NOT_FOUND',
  );
  expect(await sentDevices(sending)).toEqual({ video: camera?.deviceId, audio: microphone?.deviceId });
});

test('[3.46] the speaker changes for everything that is heard, and for whoever comes later', async ({ join }) => {
  const alice = await join('alice', { ...oa('alice'), ...manyDevices });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  const listening = await enter(alice, roomId, {}, nothing);
  await enter(bob, roomId, {}, soundOnly);
  await expect.poll(() => hears(listening, 'bob')).toBe(true);
  const sinks = () =>
    listening.evaluate(() =>
      [...document.querySelectorAll('audio')].map((audio) => (audio as HTMLAudioElement).sinkId),
    );
  const speaker = (await devicesOf(alice.page, 'audiooutput')).find(({ deviceId }) => deviceId !== 'default');
  expect(speaker).toBeDefined();
  await must(alice.page, 'meeting.switchDevice', { speaker });
  expect(await sinks()).toEqual([speaker?.deviceId]);
  await expect.poll(() => hears(listening, 'bob')).toBe(true);
  expect((await call(alice.page, 'meeting.switchDevice', { speaker: { deviceId: 'nonsense' } })).code).toBe(
    'DEVICE_NOT_FOUND',
  );
  expect(await sinks()).toEqual([speaker?.deviceId]);
  await enter(await join('carol', oa('carol')), roomId, {}, soundOnly);
  await expect.poll(sinks).toEqual([speaker?.deviceId, speaker?.deviceId]);
});

type Rate = { audio: { kbps: number }; video: { kbps: number; fps: number; width: number; height: number } };

test('[3.4] [3.5] getBitrate tells what is sent and what is received, as the browser counts it', async ({ join }) => {
  const alice = await join('alice', { ...oa('alice'), prepare: watchConnections });
  const bob = await join('bob', { ...oa('bob'), prepare: watchConnections });
  const roomId = await roomFor(alice.page);
  const frames = { alice: await enter(alice, roomId), bob: await enter(bob, roomId) };
  await together(frames.alice, frames.bob);
  const sender = (await state(alice.page)).client;
  const sent = (): Promise<Rate> => must(alice.page, 'meeting.getBitrate');
  const received = (): Promise<Rate> =>
    bob.page.evaluate(async (client) => {
      const own = window as never as {
        rtcPeer: import('@meetframe/host-sdk').RTCPeer;
        played?: { getBitrate(): Promise<Rate> };
      };
      own.played ??= await own.rtcPeer.meeting.play({ client: client as never, domId: 'alice' });
      return own.played.getBitrate();
    }, sender);

  /** The same by the browser’s own counters, over the time that the answer takes. */
  const compare = async (frame: Frame, direction: 'inbound-rtp' | 'outbound-rtp', ask: () => Promise<Rate>) => {
    const count = async () => {
      const all = (await streams(frame, direction)).filter(({ kind }) => kind === 'video');
      const bytes = all.reduce((sum, stream) => sum + stream.bytes, 0);
      return { bytes, frames: Math.max(...all.map((stream) => stream.frames)), at: Date.now(), all };
    };
    await ask();
    const before = await count();
    const rate = await ask();
    const after = await count();
    const seconds = (after.at - before.at) / 1000;
    return {
      rate,
      kbps: ((after.bytes - before.bytes) * 8) / 1000 / seconds,
      fps: (after.frames - before.frames) / seconds,
      width: Math.max(...after.all.map(({ width }) => width)),
    };
  };
  const within = (value: number, counted: number) => {
    expect(value).toBeGreaterThan(counted * 0.5 - 3);
    expect(value).toBeLessThan(counted * 2 + 3);
  };
  const sides = [() => compare(frames.alice, 'outbound-rtp', sent), () => compare(frames.bob, 'inbound-rtp', received)];
  // The two look at spans that overlap, not at the same one: a moment of stutter falls into one of them only.
  for (const measure of sides)
    await expect(async () => {
      const side = await measure();
      within(side.rate.video.kbps, side.kbps);
      within(side.rate.video.fps, side.fps);
      expect(side.rate.video.fps).toBeGreaterThan(0);
      expect(side.rate.video.width).toBe(side.width);
      expect(side.rate.video.width / side.rate.video.height).toBeCloseTo(16 / 9, 1);
      expect(side.rate.audio.kbps).toBeGreaterThan(5);
      expect(side.rate.audio.kbps).toBeLessThan(150);
    }).toPass();

  await must(alice.page, 'meeting.updateVideo', false);
  await expect.poll(async () => (await sent()).video).toEqual({ kbps: 0, fps: 0, width: 0, height: 0 });
  expect((await call(bob.page, 'meeting.getBitrate', { client: { id: 999_999 } })).code).toBe('NOT_FOUND');
});

test('[3.8] every name for the microphone does what it says, on and off, also the old one that means the opposite', async ({
  join,
}) => {
  const alice = await join('alice', oa('alice'));
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  await enter(alice, roomId, {}, soundOnly);
  const frame = await enter(bob, roomId, {}, nothing);
  const isHeard = (expected: boolean) => expect.poll(() => hears(frame, 'alice')).toBe(expected);
  const isMuted = async () => (await state(bob.page)).members.map((member) => member.isMuted);
  await isHeard(true);
  const steps: [name: string, argument: unknown, isMuted: boolean][] = [
    ['meeting.mute', true, true],
    ['meeting.setAudio', true, false],
    ['meeting.setAudio', { isAudio: false }, true],
    ['meeting.updateAudioMode', { isAudio: true }, false],
    ['meeting.updateAudioMode', false, true],
    ['meeting.mute', { isMute: false }, false],
    ['meeting.updateMute', true, true],
    ['meeting.updateMute', { isMute: false }, false],
    ['meeting.updateAudioMode', false, true],
    ['meeting.updateMute', false, false],
  ];
  for (const [name, argument, muted] of steps) {
    expect((await must(alice.page, name, argument)).isMuted).toBe(muted);
    await expect.poll(isMuted).toEqual([muted]);
    expect((await state(alice.page)).microphone).toBe(!muted);
    await isHeard(!muted);
  }
});

test('where the browser plays no sound before a click, the person is asked for one', async ({ join }) => {
  // Chromium lets this frame play, as its page has lent it the right to; other browsers do as this one does from here on.
  const refuseSound = (context: BrowserContext) =>
    context.addInitScript(() => {
      const { prototype } = HTMLAudioElement;
      Object.defineProperty(prototype, 'autoplay', { set: () => {} });
      // Not `navigator.userActivation`: Playwright activates a frame whenever it looks into it.
      let isClicked = false;
      addEventListener('click', () => (isClicked = true), true);
      prototype.play = async function () {
        if (!isClicked) throw new DOMException('play() failed', 'NotAllowedError');
        await HTMLMediaElement.prototype.play.call(this);
      };
    });
  const alice = await join('alice', { ...oa('alice'), allowDevices: false, prepare: refuseSound });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(bob.page);
  await enter(bob, roomId, {}, soundOnly);
  await must(alice.page, 'meeting.enter', { roomId, username: 'alice' });
  const frame = await alice.widget();
  const notice = frame.getByTestId('sound-blocked');
  await expect(notice).toBeVisible();
  expect(await hears(frame, 'bob')).toBe(false);
  await frame.getByTestId('play-sound').click();
  await expect(notice).toHaveCount(0);
  await expect.poll(() => hears(frame, 'bob')).toBe(true);
});

test('[3.37] [3.38] a camera with too few lines for the definition is no camera for it', async ({ join }) => {
  // 640 × 360 pixels.
  const { page } = await join('alice', oa('alice'));
  expect(await must(page, 'meeting.checkVideo', { definition: '240p' })).toEqual({ video: { code: 1000 } });
  expect(await must(page, 'meeting.checkVideo', { definition: '1080p' })).toEqual({ video: { code: 1002 } });
  expect(await must(page, 'meeting.checkDevice', { definition: '1080p' })).toEqual({
    video: { code: 1002 },
    audio: { code: 1000 },
  });
});

test('in a visit: the devices are tested, chosen in the bar and remembered; who speaks muted is told; one click leads back', async ({
  join,
}) => {
  const alice = await join('alice', { path: platformPage('#/?rd=1012') });
  const { page } = alice;
  await expect(page.getByTestId('inside')).toBeVisible();
  await page.getByTestId('open-device-test').click();
  await page.getByTestId('test-record').click();
  await expect(page.getByTestId('test-record')).toBeDisabled();
  await page.getByTestId('test-sound').click();
  // Recorded, heard back, and ready for another one; it says so where nothing was heard.
  await expect(page.getByTestId('test-record')).toHaveText('Record again');
  await expect(page.getByTestId('test-hint')).toContainText('hear it back');
  expect(await broken(page.mainFrame())).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('open-device-test')).toBeFocused();
  await throughLobby(alice);
  await page.getByTestId('microphone-menu').click();
  const chosen = page.getByRole('menuitemradio', { checked: true }).first();
  await expect(chosen).toBeFocused();
  expect(await broken(page.mainFrame())).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('microphone-menu')).toBeFocused();
  await page.getByTestId('toggle-camera').click();
  await page.getByTestId('toggle-mic').click();
  await expect(page.getByTestId('muted-hint')).toContainText('You are muted.');
  await page.getByTestId('muted-unmute').click();
  await expect(page.getByTestId('toggle-mic')).toHaveAttribute('aria-pressed', 'true');
  await page.getByTestId('leave').click();
  await page.getByTestId('rejoin').click();
  await expect(page.getByTestId('toggle-camera')).toHaveAttribute('aria-pressed', 'false');
  await page.reload();
  await expect(page.getByTestId('lobby-name')).toHaveValue('alice');
  await expect(page.getByTestId('toggle-camera')).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByTestId('toggle-mic')).toHaveAttribute('aria-pressed', 'true');
  await page.getByTestId('lobby-join').click();
  await expect(page.getByTestId('leave')).toBeVisible();
});

test('devices that are refused are explained, and used as soon as they are allowed, without a reload', async ({
  join,
}) => {
  const alice = await join('alice', { path: platformPage('#/?rd=1012'), allowDevices: false });
  const { page, context } = alice;
  await expect(page.getByTestId('device-problem')).toContainText('Your browser blocks the camera and the microphone.');
  await expect(page.getByTestId('select-camera')).toHaveText('Blocked');
  await page.getByTestId('toggle-camera').click();
  await expect(page.getByTestId('blocked-help')).toBeVisible();
  expect(await broken(page.mainFrame())).toEqual([]);
  await context.grantPermissions(['camera', 'microphone']);
  await expect(page.getByTestId('blocked-help')).toHaveCount(0);
  await expect(page.getByTestId('device-problem')).toHaveCount(0);
  await expect(page.getByTestId('toggle-camera')).toHaveAttribute('aria-pressed', 'true');
});

import { call, heard, listen, must, roomFor, state } from './support/api.ts';
import { joinOverNetwork } from './support/network.ts';
import {
  enter,
  expect,
  hears,
  nothing,
  oa,
  sees,
  seesMoving,
  soundOnly,
  test,
  throughLobby,
} from './support/people.ts';

test('a muted person is silent though the browser goes on sending', async ({ join }) => {
  const alice = await join('alice', oa('alice'));
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  const sending = await alice.widget();
  // A client that does not keep to its own mute: its track can be neither disabled, stopped nor replaced.
  await sending.evaluate(() => {
    Object.defineProperty(MediaStreamTrack.prototype, 'enabled', { get: () => true, set: () => {} });
    MediaStreamTrack.prototype.stop = () => {};
    const replace = RTCRtpSender.prototype.replaceTrack;
    RTCRtpSender.prototype.replaceTrack = async function (track) {
      if (track) await replace.call(this, track);
    };
  });
  await must(alice.page, 'meeting.enter', { roomId });
  await must(bob.page, 'meeting.enter', { roomId });
  await must(alice.page, 'meeting.publish', { audio: true, video: false });
  const frame = await bob.widget();
  await expect.poll(() => hears(frame, 'alice')).toBe(true);
  await must(alice.page, 'meeting.updateMute', { isMute: true });
  await expect.poll(() => hears(frame, 'alice')).toBe(false);
  await must(alice.page, 'meeting.updateMute', { isMute: false });
  await expect.poll(() => hears(frame, 'alice')).toBe(true);
});

test('destroy() leaves the meeting, ends the camera and removes the frame', async ({ join }) => {
  const alice = await join('alice', oa('alice'));
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  await (await alice.widget()).evaluate(() => {
    const stop = MediaStreamTrack.prototype.stop;
    MediaStreamTrack.prototype.stop = function () {
      if (this.kind === 'video') console.log('stopped a camera track');
      stop.call(this);
    };
  });
  const lines: string[] = [];
  alice.page.on('console', (line) => lines.push(line.text()));
  const { client } = await must(alice.page, 'meeting.enter', { roomId });
  await must(bob.page, 'meeting.enter', { roomId });
  await listen(bob.page, 'ExitRoom');
  await must(alice.page, 'meeting.publish', { audio: true, video: true });
  await must(alice.page, 'destroy');
  await expect(alice.page.locator('iframe')).toHaveCount(0);
  await expect.poll(() => lines).toContain('stopped a camera track');
  await expect.poll(async () => (await heard(bob.page, 'ExitRoom')).map((left) => left.client.id)).toEqual([client.id]);
  expect((await call(alice.page, 'meeting.enter', { roomId })).code).toBe('DESTROYED');
});

test('a lost connection comes back with every chat message', async ({ join }) => {
  const alice = await join('alice', oa('alice'));
  const bob = await joinOverNetwork(join, 'bob');
  const roomId = await roomFor(alice.page);
  await must(alice.page, 'meeting.enter', { roomId });
  await must(bob.page, 'meeting.enter', { roomId });
  await listen(bob.page, 'onChat');
  const connection = () => state(bob.page).then((now) => now.connection);
  await must(alice.page, 'meeting.chat', { content: 'before' });
  await bob.network.cutSignalling();
  await expect.poll(connection).toBe('reconnecting');
  await must(alice.page, 'meeting.chat', { content: 'meanwhile' });
  bob.network.mendSignalling();
  await expect.poll(connection).toBe('connected');
  await must(alice.page, 'meeting.chat', { content: 'after' });
  await expect
    .poll(async () => (await heard(bob.page, 'onChat')).map(({ content }) => content))
    .toEqual(['before', 'meanwhile', 'after']);
});

test('a frame that reloads rejects what was under way, and works again', async ({ join }) => {
  const { page, widget } = await join('alice', oa('alice'));
  await must(page, 'getRoomById', { roomId: 1012 });
  const frame = await widget();
  // The camera never answers, so the call is certainly under way.
  await frame.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => {
      (window as never as { asked: boolean }).asked = true;
      return new Promise(() => {});
    };
  });
  const pending = call(page, 'meeting.checkDevice');
  await expect.poll(() => frame.evaluate(() => (window as never as { asked?: boolean }).asked)).toBe(true);
  await frame.evaluate(() => location.reload());
  expect((await pending).code).toBe('FRAME_RELOADED');
  // At once: a call that comes before the next document is up waits for it.
  expect((await must(page, 'getRoomById', { roomId: 1012 })).room.id).toBe(1012);
});

test('without permission for camera and microphone one still takes part', async ({ join }) => {
  const alice = await join('alice', { ...oa('alice'), allowDevices: false });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(bob.page);
  expect(await must(alice.page, 'meeting.checkDevice')).toEqual({ video: { code: 1001 }, audio: { code: 1001 } });
  await must(alice.page, 'meeting.enter', { roomId });
  await must(bob.page, 'meeting.enter', { roomId });
  await must(bob.page, 'meeting.publish', { audio: true, video: false });
  const frame = await alice.widget();
  for (const how of [
    { audio: true, video: true },
    { audio: true, video: false },
    { audio: false, video: true },
  ])
    expect((await call(alice.page, 'meeting.publish', how)).code).toBe('PERMISSION_DENIED');
  expect((await call(alice.page, 'meeting.updateVideo', { video: true })).code).toBe('PERMISSION_DENIED');
  await expect(frame.getByTestId('device-problem')).toBeVisible();
  await expect.poll(() => hears(frame, 'bob')).toBe(true);
  await listen(bob.page, 'onChat');
  await must(alice.page, 'meeting.chat', { content: 'hello' });
  await expect.poll(async () => (await heard(bob.page, 'onChat'))[0]?.content).toBe('hello');
});

test('whoever refuses camera and microphone is told so in the lobby, and gets in', async ({ join }) => {
  const alice = await join('alice', { path: '/oneline/', allowDevices: false });
  const frame = await alice.widget();
  await expect(frame.getByTestId('device-problem').first()).toContainText('blocks the camera');
  await throughLobby(alice);
  await expect(frame.getByTestId('tile').first()).toContainText('alice');
});

test('microphone and camera are off at once while the connection is away, and the others are told later', async ({
  join,
}) => {
  const alice = await joinOverNetwork(join, 'alice');
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(bob.page);
  const frames = { alice: await enter(alice, roomId), bob: await enter(bob, roomId, {}, nothing) };
  await expect.poll(() => hears(frames.bob, 'alice')).toBe(true);
  await expect.poll(() => seesMoving(frames.bob, 'alice')).toBe(true);
  await alice.network.cutSignalling();
  await expect(frames.alice.getByTestId('reconnect-banner')).toBeVisible();
  expect(await hears(frames.bob, 'alice')).toBe(true);
  await frames.alice.getByTestId('toggle-mic').click();
  expect(await must(alice.page, 'meeting.updateMute', true)).toMatchObject({ isMuted: true });
  await must(alice.page, 'meeting.updateVideo', false);
  await expect.poll(() => hears(frames.bob, 'alice')).toBe(false);
  await expect.poll(() => seesMoving(frames.bob, 'alice')).toBe(false);
  expect(await state(alice.page)).toMatchObject({ microphone: false, camera: false, connection: 'reconnecting' });
  alice.network.mendSignalling();
  await expect.poll(async () => (await state(bob.page)).members.map(({ isMuted }) => isMuted)).toEqual([true]);
  await expect.poll(() => sees(frames.bob, 'alice')).toBe(false);
  await frames.alice.getByTestId('toggle-mic').click();
  await expect.poll(() => hears(frames.bob, 'alice')).toBe(true);
});

test('leaving while the connection is away is done at once, and told when it is back', async ({ join }) => {
  const alice = await joinOverNetwork(join, 'alice');
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(bob.page);
  await enter(alice, roomId, {}, soundOnly);
  const frame = await enter(bob, roomId, {}, nothing);
  await expect.poll(() => hears(frame, 'alice')).toBe(true);
  await alice.network.cutSignalling();
  await expect((await alice.widget()).getByTestId('reconnect-banner')).toBeVisible();
  expect(await must(alice.page, 'meeting.exit')).toEqual({ result: 0 });
  expect((await state(alice.page)).room).toBeNull();
  await expect.poll(() => hears(frame, 'alice')).toBe(false);
  alice.network.mendSignalling();
  await expect.poll(async () => (await state(bob.page)).members).toEqual([]);
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import { fakeMeeting, snapshotOf } from '../testing.ts';

afterEach(() => void vi.unstubAllGlobals());

const entered = async () => {
  const all = fakeMeeting();
  all.server.next(snapshotOf(1));
  await all.meeting.enter({ roomId: 1012 });
  const { microphone } = all.meeting.publishing;
  const state = () => [microphone.wanted.value, microphone.isChanging.value, microphone.isOn.value];
  return { ...all, microphone, state };
};

test('the own microphone is first wanted, then being changed, then in the state that the server has', async () => {
  const { meeting, microphone, state, server } = await entered();
  expect(state()).toEqual([false, false, false]);
  const changing = microphone.set(true);
  expect(state()).toEqual([true, true, false]);
  await changing;
  expect(state()).toEqual([true, false, true]);
  await microphone.set(false);
  expect(state()).toEqual([false, false, false]);
  expect(meeting.roster.self.value?.client.isMuted).toBe(true);
  // The server starts with an unmuted participant, so only the mute is sent.
  expect(server.named('meeting.updateMute')).toEqual([{ isMute: true }]);
});

test('a refused microphone stays wanted and names the problem', async () => {
  const { machine, microphone, state } = await entered();
  machine.forbid('for good');
  await expect(microphone.set(true)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  expect(state()).toEqual([true, false, false]);
  expect(microphone.problem.value).toBe('PERMISSION_DENIED');
});

test('several changes of the microphone end in the state that was wanted last', async () => {
  const { server, microphone, state, meeting } = await entered();
  await Promise.all([microphone.set(true), microphone.set(false), microphone.set(true), microphone.set(false)]);
  expect(state()).toEqual([false, false, false]);
  expect(meeting.roster.self.value?.client.isMuted).toBe(true);
  expect(server.named('meeting.updateMute').at(-1)).toEqual({ isMute: true });
});

test('a microphone that the system mutes is muted for the others as long as that lasts', async () => {
  const { machine, server, microphone, state } = await entered();
  await microphone.set(true);
  const [track] = machine.opened;
  track?.onmute?.(new Event('mute'));
  await expect.poll(() => server.named('meeting.updateMute')).toEqual([{ isMute: true }]);
  expect(state()).toEqual([true, false, false]);
  expect(microphone.problem.value).toBe('SYSTEM_MUTED');
  track?.onunmute?.(new Event('unmute'));
  await expect.poll(() => server.named('meeting.updateMute').at(-1)).toEqual({ isMute: false });
  await expect.poll(state).toEqual([true, false, true]);
});

test('[3.4] a camera that was opened before the room was known is sent in the layers of the size to which it was brought', async () => {
  const all = fakeMeeting();
  const { promise: adjusted, resolve: adjust } = Promise.withResolvers<boolean>();
  all.machine.hardware.adjustCamera = () => adjusted;
  await all.devices.setCamera(true);
  const size = { width: 640, height: 360 };
  Object.assign(all.machine.opened[0] as object, { getSettings: () => size });
  all.server.next(snapshotOf(1, [], { room: { ...snapshotOf(1).room, definition: '1080p' } }));
  await all.meeting.enter({ roomId: 1012 });
  await all.meeting.publishing.start();
  const layers = () =>
    all.server
      .named('media.produce')
      .map(({ rtpParameters }) => (rtpParameters as { encodings: object[] }).encodings.length);
  expect(layers()).toEqual([2]);
  Object.assign(size, { width: 1920, height: 1080 });
  adjust(true);
  await expect.poll(layers).toEqual([2, 3]);
});

describe('while the connection is away', () => {
  /** As the socket does: calls wait, and are not answered in time. */
  const goAway = (server: Awaited<ReturnType<typeof entered>>['server']) => {
    const late = Promise.withResolvers<never>();
    for (const name of ['meeting.updateMute', 'media.setPaused', 'meeting.exit'])
      server.answer(name, () => late.promise);
    server.tell('state', { state: 'reconnecting' });
    /** The calls time out; later ones are answered. */
    const timeOut = async (): Promise<void> => {
      late.reject(Object.assign(new Error('away'), { code: 'DISCONNECTED' }) as never);
      await late.promise.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve));
      server.answer('meeting.updateMute', () => ({ isMuted: true }));
      server.answer('media.setPaused', () => ({}));
      server.answer('meeting.exit', () => ({ result: 0 }));
    };
    return {
      timeOut,
      /** The same session is back after the calls have timed out. */
      async comeBack(): Promise<void> {
        await timeOut();
        server.tell('hello', { resumed: true });
        server.tell('state', { state: 'connected' });
      },
    };
  };

  test('off is off at once, is answered at once, and is told when the connection is back', async () => {
    const { meeting, machine, server, problems } = await entered();
    await meeting.publish();
    await meeting.mute(false);
    await meeting.video(true);
    const { comeBack } = goAway(server);
    expect(await meeting.mute(true)).toMatchObject({ id: 1, isMuted: true });
    await meeting.video(false);
    expect(machine.opened.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
    const { microphone, camera } = meeting.publishing;
    expect([microphone.isOn.value, microphone.isChanging.value]).toEqual([false, false]);
    expect([camera.isOn.value, camera.isChanging.value]).toEqual([false, false]);
    const untold = server.named('media.setPaused').length;
    await comeBack();
    await expect.poll(() => server.named('meeting.updateMute').slice(2)).toEqual([{ isMute: true }, { isMute: true }]);
    await expect.poll(() => server.named('media.setPaused').length).toBeGreaterThan(untold);
    expect(server.named('media.setPaused').at(-1)).toEqual({ source: 'camera', paused: true });
    expect(problems).toEqual([]);
  });

  test('leaving is done at once, and told when the connection is back', async () => {
    const { meeting, server, ends } = await entered();
    await meeting.publish();
    const { comeBack } = goAway(server);
    expect(await meeting.exit()).toEqual({ result: 0 });
    expect(ends).toEqual(['exit']);
    await comeBack();
    await expect.poll(() => server.named('meeting.exit')).toHaveLength(2);
    // Once it was answered, nothing is owed any more.
    server.tell('state', { state: 'reconnecting' });
    server.tell('state', { state: 'connected' });
    expect(server.named('meeting.exit')).toHaveLength(2);
  });

  test('a seat that may still be held is left before another one is taken', async () => {
    const { meeting, server } = await entered();
    const { timeOut } = goAway(server);
    await meeting.exit();
    await timeOut();
    await meeting.enter({ roomId: 1012 });
    expect(server.asked.map(([name]) => name).filter((name) => /enter|exit/.test(name))).toEqual([
      'meeting.enter',
      'meeting.exit',
      'meeting.exit',
      'meeting.enter',
    ]);
  });

  test('a seat that was taken again is not left for an exit that was not answered before', async () => {
    const { meeting, server } = await entered();
    const { comeBack } = goAway(server);
    await meeting.exit();
    await meeting.enter({ roomId: 1012 });
    await comeBack();
    expect(server.named('meeting.exit')).toHaveLength(1);
    expect(meeting.seat.isIn()).toBe(true);
  });
});

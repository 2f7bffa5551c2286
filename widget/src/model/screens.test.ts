// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fakeApp, participant, room, snapshotOf } from './testing.ts';

afterEach(() => void vi.unstubAllGlobals());

describe('the option socket', () => {
  test.each([false, undefined])('[2.1] %s: nothing connects before it is needed', (socket) => {
    const { app, server } = fakeApp();
    app.start({ ...(socket !== undefined && { socket }) });
    expect(server.named('start')).toHaveLength(0);
    expect(server.asked).toEqual([]);
  });

  test.each([{ socket: true }, { room: 1012 }, { SID: 'a login' }])('[2.1] %o: connected from the start', (options) => {
    const { app, server } = fakeApp();
    app.start(options);
    expect(server.named('start')).toHaveLength(1);
  });
});

describe('an audio-only room', () => {
  const audioRoom = { ...room, roomType: 1 as const };
  const produced = ({ server }: ReturnType<typeof fakeApp>) =>
    server.named('media.produce').map(({ source }) => source);
  const inMeeting = ({ app }: ReturnType<typeof fakeApp>) => expect.poll(() => app.screen.value).toBe('meeting');

  test('[8.3] opens no camera in the lobby, and sends none', async () => {
    const all = fakeApp();
    all.server.next(snapshotOf(1, [], { room: audioRoom }));
    all.app.start({ room: 1012 });
    await expect.poll(() => all.app.screen.value).toBe('lobby');
    expect(all.app.isAudioOnly.value).toBe(true);
    await all.app.join({});
    await expect.poll(() => produced(all)).toEqual(['mic']);
    await expect(all.app.meeting.video(true)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(all.machine.cameras).toEqual([]);
  });

  test('[8.3] opens no camera when the page skips the lobby; in another room it is opened once the type is known', async () => {
    const audio = fakeApp();
    audio.server.next(snapshotOf(1, [], { room: audioRoom }));
    audio.app.start({ room: 1012, lobby: false });
    await inMeeting(audio);
    await expect.poll(() => produced(audio)).toEqual(['mic']);
    expect(audio.machine.cameras).toEqual([]);
    const video = fakeApp();
    video.app.start({ room: 1012, lobby: false });
    await expect.poll(() => produced(video).toSorted()).toEqual(['camera', 'mic']);
  });

  test('[2.1] [3.1] the page can make any room audio-only for its users', async () => {
    const all = fakeApp();
    all.app.start({ room: 1012, roomType: 1 });
    await expect.poll(() => all.app.screen.value).toBe('lobby');
    expect(all.app.isAudioOnly.value).toBe(true);
    await all.app.join({});
    expect(all.server.named('meeting.enter')).toMatchObject([{ roomType: 1 }]);
    expect(all.app.isAudioOnly.value).toBe(true);
    expect(all.machine.cameras).toEqual([]);
  });

  test('[8.3] turns off a camera that was on when the room became audio-only', async () => {
    const all = fakeApp();
    all.app.start({ room: 1012, lobby: false });
    await expect.poll(() => all.app.devices.cameraStream.value).toBeDefined();
    const joined = [participant(1)];
    all.server.tell('meeting.roster', { roomId: 1012, room: audioRoom, joined, changed: [], left: [] });
    await expect.poll(() => all.app.devices.cameraStream.value).toBeUndefined();
    expect(all.app.devices.cameraOn.value).toBe(false);
  });
});

describe('the way into a meeting', () => {
  const inLobby = async () => {
    const all = fakeApp();
    all.app.start({ room: 1012, username: 'Ann' });
    await expect.poll(() => all.app.screen.value).toBe('lobby');
    return all;
  };

  test('is shared by the lobby and the page: joining while the page enters makes one participant', async () => {
    const { app, server } = await inLobby();
    const joined = app.join({});
    expect(app.entering.value).toBe(true);
    await expect(app.enter({ roomId: 7 })).rejects.toMatchObject({ code: 'CONFLICT' });
    const answer = await app.enter({ roomId: 1012 });
    await joined;
    expect(answer.client.id).toBe(1);
    expect(server.named('meeting.enter')).toMatchObject([{ roomId: 1012, username: 'Ann' }]);
    expect(app.screen.value).toBe('meeting');
  });

  test('ends at the home screen when the user goes there while entering', async () => {
    const { app } = await inLobby();
    const joined = expect(app.join({})).rejects.toMatchObject({ code: 'CONFLICT' });
    app.leaveForHome();
    await joined;
    expect(app.screen.value).toBe('idle');
    expect(app.problem.value).toBeUndefined();
  });
});

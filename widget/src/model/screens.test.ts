// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createHabits } from './habits.ts';
import { createPageStorage } from './storage.ts';
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

  test('leads straight back in after leaving, with the devices that were on and the password of before', async () => {
    const { app, server, machine } = await inLobby();
    await app.join({ password: 'secret' });
    await app.meeting.video(false);
    await app.meeting.exit();
    expect(app.screen.value).toBe('left');
    const opened = machine.cameras.length;
    const shown: string[] = [];
    const stop = app.screen.subscribe((screen) => shown.push(screen));
    await app.rejoin();
    stop();
    expect(shown).toEqual(['left', 'meeting']);
    expect(server.named('meeting.enter')).toMatchObject([{}, { roomId: 1012, username: 'Ann', password: 'secret' }]);
    expect(app.devices.microphoneOn.value).toBe(true);
    expect(machine.cameras).toHaveLength(opened);
  });

  test('ends with how many took part while the user was there, also those who left earlier', async () => {
    const { app, server } = await inLobby();
    server.next(snapshotOf(1, [participant(2), participant(3)]));
    await app.join({});
    server.tell('meeting.roster', { roomId: 1012, joined: [], changed: [], left: [2] });
    await app.meeting.exit();
    expect(app.met.value).toBe(3);
    server.next(snapshotOf(1));
    await app.rejoin();
    await app.meeting.exit();
    expect(app.met.value).toBe(1);
  });

  test('says only that the meeting has ended when it ends before the devices are sent', async () => {
    const { app, server } = await inLobby();
    server.answer('media.produce', () => {
      server.tell('meeting.closed', { roomId: 1012, reason: 'finished' });
      throw { code: 'INTERNAL', message: 'refused by the test' };
    });
    await app.join({});
    expect(app.screen.value).toBe('left');
    expect(app.leftReason.value).toBe('finished');
    expect(app.problem.value).toBeUndefined();
  });

  test('[3.1] over a waiting room goes by the lobby; one who waits no longer is there again, without a problem', async () => {
    const { app, server } = fakeApp();
    const entered = Promise.withResolvers<object>();
    server.answer('meeting.enter', () => entered.promise);
    app.start({ room: 1012, lobby: false, username: 'Ann' });
    await expect.poll(() => server.named('meeting.enter').length).toBe(1);
    server.tell('meeting.onWaiting', { roomId: 1012, state: 'waiting', hasModerator: false });
    expect(app.screen.value).toBe('lobby');
    app.stopWaiting();
    entered.reject({ code: 'CONFLICT', message: 'refused by the test' });
    await expect.poll(() => app.entering.value).toBe(false);
    await new Promise((done) => setTimeout(done));
    expect([app.screen.value, app.problem.value, app.meeting.waiting.value]).toEqual(['lobby', undefined, undefined]);
  });

  test('back is shown as a lobby where it is refused, and starts there when the meeting was ended', async () => {
    const { app, server } = await inLobby();
    await app.join({});
    await app.meeting.exit();
    server.refuse('meeting.enter', 'ROOM_FULL');
    await expect(app.rejoin()).rejects.toMatchObject({ code: 'ROOM_FULL' });
    expect([app.screen.value, app.problem.value?.code]).toEqual(['lobby', 'ROOM_FULL']);
    server.allow('meeting.enter');
    await app.join({});
    server.tell('meeting.closed', { roomId: 1012, reason: 'finished' });
    await app.rejoin();
    expect(app.screen.value).toBe('lobby');
  });

  test('remembers the name, and what was on, for the next visit; what the page says comes first', async () => {
    const kept = new Map<string, string>();
    const habits = createHabits(
      () =>
        ({
          getItem: (key: string) => kept.get(key) ?? null,
          setItem: (key: string, value: string) => void kept.set(key, value),
        }) as never,
    );
    const first = fakeApp({ habits });
    first.app.start({ room: 1012 });
    await expect.poll(() => first.app.screen.value).toBe('lobby');
    expect(first.app.username.value).toBe('');
    first.app.setUsername(' Ann ');
    first.app.remember({ cameraOn: false });
    await first.app.join({});

    const next = fakeApp({ habits });
    next.app.start({ room: 1012 });
    await expect.poll(() => next.app.screen.value).toBe('lobby');
    expect(next.app.username.value).toBe('Ann');
    await expect.poll(() => next.app.devices.microphoneTrack.value).toBeDefined();
    expect(next.machine.cameras).toEqual([]);

    const told = fakeApp({ habits });
    told.app.start({ room: 1012, username: 'Zoe', video: true });
    expect(told.app.username.value).toBe('Zoe');
    await expect.poll(() => told.app.devices.cameraTrack.value).toBeDefined();

    kept.set('meetframe.habits', '{"name":7,"camera":"x","cameraOn":"no","microphone":{"deviceId":"a","label":"b"}}');
    expect(habits.read()).toEqual({ microphone: { deviceId: 'a', label: 'b' } });
    kept.set('meetframe.habits', 'null');
    expect(habits.read()).toEqual({});
  });

  test('leads to the home screen where a guest signs in, and from there to the room that only a user finds', async () => {
    const storage = createPageStorage(() => ({ getItem: () => null, setItem() {}, removeItem() {} }) as never);
    const { app, server } = fakeApp({ storage });
    server.refuse('room.getRoomById', 'NOT_FOUND');
    server.answer('account.login', () => ({ result: 0, user: { id: 7, name: 'Ann' }, company: null, SID: 'login' }));
    await expect(app.openLobby(1012)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect([app.screen.value, app.closed.value?.reason]).toEqual(['closed', 'unknown']);
    app.signInFirst?.();
    expect(app.screen.value).toBe('idle');
    server.allow('room.getRoomById');
    await app.identity.login({ name: 'ann', password: 'demo' });
    await expect.poll(() => app.screen.value).toBe('lobby');
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

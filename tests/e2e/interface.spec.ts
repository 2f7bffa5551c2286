import { call, heard, listen, must, roomFor } from './support/api.ts';
import { expect, hears, oa, sees, test } from './support/people.ts';

const userFields = ['account', 'company', 'email', 'id', 'name', 'phone', 'photo'];
const companyFields = ['address', 'email', 'id', 'logo', 'name', 'phone'];
const roomFields = [
  ...['appointmentId', 'appointmentName', 'comment', 'definition', 'id', 'isHasPwd', 'isPublic', 'logo', 'name'],
  ...['numberLimit', 'ownerId', 'roomType', 'superModeId'],
];
const clientFields = [
  ...['broadCastId', 'company', 'email', 'id', 'isMuted', 'isSuperModerator', 'mode', 'name', 'peerId', 'phone'],
  ...['pictureurl', 'streamId', 'userId'],
];
const fields = (value: object) => Object.keys(value).sort();

test('[2.1] an unknown option, or text of the interface, is refused by its name', async ({ join }) => {
  const { page } = await join('alice', oa('alice'));
  await must(page, 'meeting.exit');
  const messages = await page.evaluate(async () => {
    const { rtcPeer } = window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer };
    const Peer = rtcPeer.constructor as import('@meetframe/host-sdk').RTCPeer['constructor'] as never as new (
      options: object,
    ) => { ready: Promise<void> };
    const host = new URL('/app', rtcPeer.iframe.src).href;
    const sign = await (await fetch('/sign')).text();
    const outcome = (options: object) =>
      new Peer({ host, sign, ...options }).ready.then(
        () => 'accepted',
        (error: { code: string; message: string }) => `${error.code} ${error.message}`,
      );
    const ui = { texts: { en: { 'lobby.jion': 'Enter' } } };
    return Promise.all([{ usrname: 'x' }, { ui }, { ui, receiver: true }].map(outcome));
  });
  const unknownText = 'INVALID_ARGUMENT options: ui.texts.en.lobby.jion: unknown name.';
  expect(messages).toEqual([expect.stringMatching(/^INVALID_ARGUMENT .*usrname/), unknownText, unknownText]);
});

test('[2.2] [2.3] [2.4] [2.5] [8.1] [8.2] log in, who am I, log out', async ({ join }) => {
  const { page } = await join('alice', oa('alice'));
  const wrong = await must(page, 'login', { name: 'alice', password: 'wrong' });
  expect(wrong.result).toBe(1);
  expect(wrong.user ?? null).toBeNull();
  const who = () =>
    page.evaluate(() => {
      const { rtcPeer } = window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer };
      return { user: rtcPeer.getCurrentUser(), company: rtcPeer.getCurrentCompany() };
    });
  expect(await who()).toEqual({ user: null, company: null });
  const right = await must(page, 'login', { name: 'alice', password: 'demo' });
  expect(right.result).toBe(0);
  expect(fields(right)).toEqual(['company', 'result', 'user']);
  const { user, company } = await who();
  expect(user).toEqual(right.user);
  expect(company).toEqual(right.company);
  expect(fields(user ?? {})).toEqual(userFields);
  expect(fields(company ?? {})).toEqual(companyFields);
  expect(user).toMatchObject({ account: 'alice', name: 'Alice', company: 'Demo' });
  expect(await must(page, 'logout', { userId: user?.id })).toEqual({ result: 0 });
  expect(await who()).toEqual({ user: null, company: null });
  expect(await must(page, 'logout')).toEqual({ result: 1 });
});

test('[2.6] [8.3] a room has exactly the fields of the specification', async ({ join }) => {
  const { page } = await join('alice', oa('alice'));
  const { room } = await must(page, 'getRoomById', { roomId: 1013 });
  expect(fields(room)).toEqual(roomFields);
  expect(room).toMatchObject({ id: 1013, name: 'Board', isHasPwd: true, isPublic: true, superModeId: null });
  expect((await call(page, 'getRoomById', { roomId: 999_999 })).code).toBe('NOT_FOUND');
});

test('[2.10] [2.11] [2.12] [2.13] a temporary room and its password', async ({ join }) => {
  const { page } = await join('alice', oa('alice'));
  const roomId = await roomFor(page, 5);
  const { room } = await must(page, 'getRoomById', { roomId });
  expect(room).toMatchObject({ id: roomId, name: 'Own', numberLimit: 5, isPublic: true, isHasPwd: false });
  expect(await must(page, 'checkRoomHasPwd', { roomId })).toEqual({ isHasPwd: false });
  expect(await must(page, 'modifyRoomPwd', { roomId, password: 'open sesame' })).toEqual({ result: 0 });
  expect(await must(page, 'checkRoomHasPwd', { roomId })).toEqual({ isHasPwd: true });
  const right = await must(page, 'checkRoomPwd', { roomId, password: 'open sesame' });
  const wrong = await must(page, 'checkRoomPwd', { roomId, password: 'shut' });
  expect([right, wrong]).toEqual([{ result: 1 }, { result: 0 }]);
});

test('[3.1] [3.2] [8.4] what enter refuses and accepts, and leaving', async ({ join }) => {
  const { page } = await join('alice', oa('alice'));
  expect((await call(page, 'meeting.enter', { roomId: 1013, password: 'no' })).code).toBe('WRONG_PASSWORD');
  expect((await call(page, 'meeting.enter', { roomId: 999_999 })).code).toBe('NOT_FOUND');
  const odd = await call(page, 'meeting.enter', { roomId: 'abc' });
  expect(odd.code).toBe('INVALID_ARGUMENT');
  expect(odd.message).toContain('roomId');
  await listen(page, 'EnterRoom');
  await listen(page, 'ExitRoom');
  const { client, members, room } = await must(page, 'meeting.enter', {
    roomId: 1013,
    password: '1234',
    username: 'A',
  });
  expect(fields(client)).toEqual(clientFields);
  expect(client).toMatchObject({ name: 'A', mode: 'pc' });
  expect(members).toEqual([]);
  expect(room.id).toBe(1013);
  await expect.poll(async () => (await heard(page, 'EnterRoom'))[0]?.client.id).toBe(client.id);
  expect(await must(page, 'meeting.exit')).toEqual({ result: 0 });
  await expect.poll(async () => (await heard(page, 'ExitRoom'))[0]?.client.id).toBe(client.id);
  expect(await must(page, 'meeting.exit')).toEqual({ result: 1 });
});

test('[3.6] [3.26] [3.48] pictures, chat and talking between two people', async ({ join }) => {
  const alice = await join('alice', oa('alice'));
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  await listen(bob.page, 'memberTalking');
  await listen(bob.page, 'onChat');
  const { client } = await must(alice.page, 'meeting.enter', { roomId, username: 'alice' });
  await must(bob.page, 'meeting.enter', { roomId, username: 'bob' });
  await must(alice.page, 'meeting.publish', { audio: true, video: true });
  const frame = await bob.widget();
  await expect.poll(() => sees(frame, 'alice')).toBe(true);
  await expect.poll(() => hears(frame, 'alice')).toBe(true);
  await expect
    .poll(async () => (await heard(bob.page, 'memberTalking')).map(({ member }) => member.id))
    .toContain(client.id);
  const sent = await must(alice.page, 'meeting.chat', { content: '你好 <b>', roomId });
  expect(sent).toMatchObject({ userId: client.id, roomId, content: '你好 <b>' });
  await expect.poll(() => heard(bob.page, 'onChat')).toEqual([sent]);
  expect((await must(bob.page, 'meeting.closePlay', { client })).client.id).toBe(client.id);
  await expect.poll(() => sees(frame, 'alice')).toBe(false);
});

test('[3.25] on hears, off does not', async ({ join }) => {
  const { page } = await join('alice', oa('alice'));
  const roomId = await roomFor(page);
  await must(page, 'meeting.enter', { roomId });
  await page.evaluate(() => {
    const own = window as never as {
      rtcPeer: import('@meetframe/host-sdk').RTCPeer;
      dropped: number;
      drop(): void;
    };
    own.dropped = 0;
    const listener = () => own.dropped++;
    own.rtcPeer.on('onChat', listener);
    own.drop = () => own.rtcPeer.off('onChat', listener);
  });
  await listen(page, 'onChat');
  await must(page, 'meeting.chat', { content: 'one' });
  await expect.poll(async () => (await heard(page, 'onChat')).length).toBe(1);
  await page.evaluate(() => (window as never as { drop(): void }).drop());
  await must(page, 'meeting.chat', { content: 'two' });
  await expect.poll(async () => (await heard(page, 'onChat')).length).toBe(2);
  expect(await page.evaluate(() => (window as never as { dropped: number }).dropped)).toBe(1);
});

test('[3.33] [3.34] [3.37] [3.38] [3.39] devices are listed and checked, with a callback too', async ({ join }) => {
  const { page } = await join('alice', oa('alice'));
  const devices: { kind: string }[] = await must(page, 'meeting.getMediaDevices');
  const kinds = devices.map(({ kind }) => kind);
  expect(kinds).toContain('videoinput');
  expect(kinds).toContain('audioinput');
  for (const device of devices) expect(fields(device)).toEqual(['deviceId', 'groupId', 'kind', 'label']);
  const cameras: { kind: string }[] = await must(page, 'meeting.getMediaVideoDevices');
  expect(cameras).toEqual(devices.filter(({ kind }) => kind === 'videoinput'));
  const there = { code: 1000 };
  const checked = await page.evaluate(async () => {
    const { meeting } = (window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer }).rtcPeer;
    const called: unknown[] = [];
    const callback = (value: unknown) => called.push(value);
    return {
      promised: [
        await meeting.checkDevice({ callback }),
        await meeting.checkVideo(callback),
        await meeting.checkAudio(callback),
      ],
      called,
    };
  });
  expect(checked.promised).toEqual([{ video: there, audio: there }, { video: there }, { audio: there }]);
  expect(checked.called).toEqual(checked.promised);
});

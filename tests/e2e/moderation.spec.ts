import type { RTCPeer } from '@meetframe/host-sdk';
import { call, heard, listen, must, state } from './support/api.ts';
import { broken } from './support/axe.ts';
import { enter, expect, hears, joining, oa, type Participant, soundOnly, test } from './support/people.ts';

// One meeting for all: a moderator and two guests, whose tests go from what disturbs least to the end of the meeting.
test.describe.configure({ mode: 'serial' });

type Own = { rtcPeer: RTCPeer; upToDate: unknown[] };
let leave: () => Promise<unknown>;
let admin: Participant;
let bob: Participant;
let carol: Participant;
let all: Participant[];
let roomId: number;
let ids: { admin: number; bob: number; carol: number };

const events = ['onFinish', 'onMuteAll', 'tiren ', 'onRaiseHand', 'onCompere ', 'onUpdateMeeting', 'onUpdateClient'];
const refusal = async ({ page }: Participant, name: string, input: object) => (await call(page, name, input)).code;
/** All hear of it once, and alike. */
const allHear = async (event: string, payload: object): Promise<void> => {
  for (const { page, person } of all)
    await expect.poll(() => heard(page, event), { message: `${person} hears ${event}` }).toEqual([payload]);
};
/** What the page's listener to an event finds in the state. */
const whileHearing = ({ page }: Participant, event: string, field: 'room' | 'members' | 'client') =>
  page.evaluate(
    ([name, key]) => {
      const own = window as never as Own;
      own.upToDate = [];
      own.rtcPeer.on(name, () => own.upToDate.push(own.rtcPeer.state[key]));
    },
    [event, field] as const,
  );
const found = ({ page }: Participant) => page.evaluate(() => (window as never as Own).upToDate);
const idOf = async ({ page }: Participant): Promise<number> => (await state(page)).client?.id ?? 0;

test.beforeAll(async ({ browsers }) => {
  const pages = joining(browsers);
  leave = pages.leave;
  all = await Promise.all((['alice', 'bob', 'carol'] as const).map((person) => pages.join(person, oa(person))));
  [admin, bob, carol] = all as [Participant, Participant, Participant];
  const { company } = await must(admin.page, 'login', { name: 'admin', password: 'demo' });
  const made = await must(admin.page, 'newTempRoom', {
    name: 'Moderated',
    orgId: company.id,
    numberLimit: 5,
    isPublic: true,
  });
  roomId = made.roomId;
  await Promise.all(
    all.map(async (each) => {
      await enter(each, roomId, {}, soundOnly);
      for (const event of events) await listen(each.page, event);
    }),
  );
  ids = { admin: await idOf(admin), bob: await idOf(bob), carol: await idOf(carol) };
});
test.afterAll(() => leave());

test('[3.12] all hear whose hand is raised, as a promise, with a callback and lowered again', async () => {
  const raised = (client: unknown, isRaised: boolean) => ({ client, roomId, raised: isRaised });
  const whole = (await state(admin.page)).members.find(({ id }) => id === ids.bob);
  expect(Object.keys(whole ?? {})).toHaveLength(13);
  const called = await bob.page.evaluate(async () => {
    const { meeting } = (window as never as Own).rtcPeer;
    const called: unknown[] = [];
    const answers = [
      await meeting.raiseHand(),
      await meeting.raiseHand((value) => called.push(value)),
      await meeting.raiseHand({ callback: (value) => called.push(value) }),
      await meeting.raiseHand(false),
    ];
    return [called.length, called[0] === answers[1], called[1] === answers[2]];
  });
  expect(called).toEqual([2, true, true]);
  // What changes again within a quarter of a second is told once.
  for (const { page } of all) {
    await expect.poll(async () => (await heard(page, 'onRaiseHand')).at(-1)).toEqual(raised(whole, false));
    expect((await heard(page, 'onRaiseHand'))[0]).toEqual(raised(whole, true));
  }
});

test('[3.44] the moderator renames the meeting for all', async () => {
  expect(await refusal(bob, 'meeting.updateMeetingName', { appointmentName: 'No' })).toBe('FORBIDDEN');
  const { id: userId, room } = { ...(await state(admin.page)).user, room: (await state(admin.page)).room };
  await whileHearing(bob, 'onUpdateMeeting', 'room');
  const input = { roomId, userId, appointmentName: 'Plans', appointmentId: room?.appointmentId };
  await must(admin.page, 'meeting.updateMeetingName', input);
  await allHear('onUpdateMeeting', { userId: ids.admin, roomId, appointmentName: 'Plans' });
  expect(await found(bob)).toEqual([expect.objectContaining({ id: roomId, appointmentName: 'Plans' })]);
});

test('[3.45] a guest renames oneself, the moderator another', async () => {
  expect(await refusal(bob, 'meeting.updateClientName', { userId: ids.carol, name: 'No' })).toBe('FORBIDDEN');
  await whileHearing(admin, 'onUpdateClient', 'members');
  await must(bob.page, 'meeting.updateClientName', { userId: ids.bob, roomId, name: 'Robert' });
  const client = expect.objectContaining({ id: ids.bob, name: 'Robert', peerId: expect.any(String) });
  await allHear('onUpdateClient', { userId: ids.bob, roomId, client });
  expect(await found(admin)).toEqual([expect.arrayContaining([client])]);
  expect((await state(bob.page)).client?.name).toBe('Robert');
  await must(admin.page, 'meeting.updateClientName', { userId: ids.carol, name: 'Caroline' });
  await expect.poll(async () => (await state(carol.page)).client?.name).toBe('Caroline');
  await expect
    .poll(async () => (await state(bob.page)).members.map(({ name }) => name))
    .toEqual(expect.arrayContaining(['Caroline']));
});

test('[3.10] muteAll ends the sound of all but the moderator, and un-muting only asks', async () => {
  const [moderating, robert, caroline] = [await admin.widget(), await bob.widget(), await carol.widget()];
  await expect.poll(() => hears(robert, 'carol')).toBe(true);
  expect(await refusal(carol, 'meeting.muteAll', { isMute: true })).toBe('FORBIDDEN');
  await must(admin.page, 'meeting.muteAll', { userId: ids.admin, roomId, isMute: true });
  await allHear('onMuteAll', { userId: ids.admin, roomId, isMute: true });
  for (const { page } of [bob, carol]) await expect.poll(async () => (await state(page)).microphone).toBe(false);
  expect((await state(admin.page)).microphone).toBe(true);
  await expect.poll(() => hears(robert, 'carol')).toBe(false);
  await expect.poll(() => hears(moderating, 'bob')).toBe(false);
  await expect.poll(() => hears(robert, 'alice')).toBe(true);

  await must(admin.page, 'meeting.muteAll', { isMute: false });
  const request = caroline.getByTestId('unmute-request');
  await expect(request).toBeVisible();
  await expect(moderating.getByTestId('unmute-request')).toHaveCount(0);
  expect((await state(carol.page)).client?.isMuted).toBe(true);
  await must(carol.page, 'meeting.updateMute', false);
  await expect.poll(() => hears(robert, 'carol')).toBe(true);
  await expect(request).toHaveCount(0);
  expect((await state(bob.page)).microphone).toBe(false);
});

test('[3.27] a private message reaches one, and a page without a listener of its own under the usual name', async () => {
  await listen(admin.page, 'onPrivateChat');
  for (const { page } of all) await listen(page, 'onChat');
  const said = await bob.page.evaluate(
    async ([otherUserId, id]) => {
      const called: unknown[] = [];
      const input = {
        otherUserId,
        roomId: id,
        content: '1233eeeeeee',
        callback: (value: unknown) => called.push(value),
      };
      const answer = await (window as never as Own).rtcPeer.meeting.privateChat(input as never);
      return { answer, isCalled: called[0] === answer };
    },
    [ids.admin, roomId] as const,
  );
  const message = expect.objectContaining({
    ...{ userId: ids.bob, otherUserId: ids.admin, roomId, content: '1233eeeeeee', private: true },
    client: expect.objectContaining({ id: ids.bob, mode: 'pc' }),
  });
  expect(said).toEqual({ answer: message, isCalled: true });
  await expect.poll(() => heard(admin.page, 'onPrivateChat')).toEqual([message]);
  await expect.poll(() => heard(bob.page, 'onChat')).toEqual([message]);
  await must(carol.page, 'meeting.chat', { content: 'for all' });
  await expect.poll(async () => (await heard(carol.page, 'onChat')).map(({ content }) => content)).toEqual(['for all']);
  await expect.poll(async () => (await heard(admin.page, 'onChat')).map(({ content }) => content)).toEqual(['for all']);
  expect(await refusal(bob, 'meeting.privateChat', { otherUserId: 7, content: 'x' })).toBe('NOT_FOUND');
});

test('[3.24] all hear whom the moderator mutes, and who mutes itself; others cannot', async () => {
  await Promise.all(all.map(({ page }) => listen(page, 'onMute')));
  expect(await refusal(bob, 'meeting.muteMsg', { roomId, userId: ids.carol, isMute: true })).toBe('FORBIDDEN');
  await must(admin.page, 'meeting.muteMsg', { roomId, userId: ids.carol, isMute: true });
  await expect.poll(async () => (await state(carol.page)).microphone).toBe(false);
  await allHear('onMute', { userId: ids.carol, roomId, isMute: true, fromSuper: true });
  await must(carol.page, 'meeting.muteMsg', { roomId, userId: ids.carol, isMute: false });
  await expect.poll(async () => (await state(carol.page)).microphone).toBe(true);
  await expect
    .poll(async () => (await heard(bob.page, 'onMute')).at(-1))
    .toEqual({ userId: ids.carol, roomId, isMute: false });
});

test('[3.17] the moderator hands the role on, and has no rights then', async () => {
  expect(await refusal(bob, 'meeting.setCompere', { userId: ids.bob })).toBe('FORBIDDEN');
  await whileHearing(carol, 'onCompere', 'room');
  await must(admin.page, 'meeting.setCompere', { userId: ids.bob, roomId });
  await allHear('onCompere ', { userId: ids.bob, roomId });
  expect(await found(carol)).toEqual([expect.objectContaining({ superModeId: ids.bob })]);
  expect((await state(bob.page)).client?.isSuperModerator).toBe(true);
  expect(await refusal(admin, 'meeting.muteAll', { isMute: true })).toBe('FORBIDDEN');
  // The room is the administrator's, who takes the role back.
  await must(admin.page, 'meeting.setCompere', { userId: ids.admin });
  await expect.poll(async () => (await state(bob.page)).room?.superModeId).toBe(ids.admin);
});

test('[3.11] who is removed is out, and stays out while the meeting runs', async () => {
  expect(await refusal(bob, 'meeting.kickOut', { userId: ids.carol })).toBe('FORBIDDEN');
  await must(admin.page, 'meeting.kickOut', { userId: ids.carol, roomId });
  // Listened to as the specification's example does, with a space after the name.
  await allHear('tiren ', { userId: ids.carol, roomId });
  await expect.poll(async () => (await state(carol.page)).screen).toBe('left');
  expect(await state(carol.page)).toMatchObject({ room: null, client: null, microphone: false });
  const { code } = await call(carol.page, 'meeting.enter', { roomId, username: 'Another name' });
  expect(code).toBe('FORBIDDEN');
  await expect.poll(async () => (await state(bob.page)).members.map(({ id }) => id)).toEqual([ids.admin]);
});

test('[3.1] a guest waits to be let in, and knows nothing of the meeting; the moderator refuses one and admits another', async () => {
  const moderating = await admin.widget();
  await listen(admin.page, 'onWaitingRoom');
  await must(admin.page, 'meeting.setWaitingRoom', true);
  /** A page that was loaded anew is another guest. */
  const knock = async (username: string) => {
    await bob.page.reload();
    await bob.page.waitForFunction(() => 'rtcPeer' in window);
    for (const event of ['onWaiting', 'onFinish']) await listen(bob.page, event);
    const outcome = call(bob.page, 'meeting.enter', { roomId, username });
    const waiting = (await bob.widget()).getByTestId('waiting');
    await expect(waiting).toContainText('Waiting for the host to let you in');
    return { outcome, waiting };
  };
  const states = async () => (await heard(bob.page, 'onWaiting')).map(({ state }) => state);

  const refused = await knock('Ben');
  expect(await state(bob.page)).toMatchObject({ screen: 'lobby', room: null, members: [] });
  await expect(moderating.getByTestId('waiting-notice')).toContainText('Ben is waiting to join');
  expect(await broken(await bob.widget())).toEqual([]);
  await moderating.getByTestId('notice-show').click();
  await expect(moderating.getByTestId('waiting-room')).toHaveAttribute('aria-pressed', 'true');
  expect(await broken(moderating)).toEqual([]);
  await moderating.getByTestId('decline').click();
  expect((await refused.outcome).code).toBe('ROOM_NOT_OPEN');
  await expect(refused.waiting).toHaveCount(0);
  expect(await states()).toEqual(['waiting', 'refused']);
  expect(await refusal(bob, 'meeting.enter', { roomId, username: 'Ben' })).toBe('ROOM_NOT_OPEN');

  const admitted = await knock('Rob');
  const person = moderating.getByTestId('waiting-person');
  await expect(person).toContainText('Rob');
  await person.getByTestId('admit').click();
  expect((await admitted.outcome).value).toMatchObject({ client: { name: 'Rob' }, members: [{ id: ids.admin }] });
  expect(await states()).toEqual(['waiting', 'admitted']);
  await expect(person).toHaveCount(0);
  expect((await heard(admin.page, 'onWaitingRoom')).at(-1)).toEqual({ roomId, isOn: true, waiting: [] });
});

test('[3.3] the moderator ends the meeting for all', async () => {
  expect((await call(bob.page, 'meeting.finish')).code).toBe('FORBIDDEN');
  expect(await must(admin.page, 'meeting.finish')).toEqual({ result: 0 });
  all = [admin, bob];
  await allHear('onFinish', { userId: ids.admin, roomId });
  for (const { page } of all) {
    await expect.poll(async () => (await state(page)).screen).toBe('left');
    expect(await state(page)).toMatchObject({ room: null, client: null, microphone: false });
  }
  expect(await heard(carol.page, 'onFinish')).toEqual([]);
  // There is another meeting for the one who was removed from this one.
  await must(carol.page, 'meeting.enter', { roomId, username: 'carol' });
});

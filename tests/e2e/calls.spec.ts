import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { demoApp } from '../../server-stub/src/store/demo.ts';
import { call, heard, listen, must } from './support/api.ts';
import { platformOrigin } from './support/http.ts';
import { expect, hears, oa, type Participant, soundOnly, test, widgetWith } from './support/people.ts';

const events = ['doInvite', 'doAgree', 'reject', 'cancel', 'doEvent', 'callChanged'];

/** A partner's page on which a user is logged in and can be called. */
const reachable = async (one: Participant): Promise<number> => {
  await widgetWith(one, { socket: true });
  const { user } = await must(one.page, 'login', { name: one.person, password: 'demo' });
  await must(one.page, 'doRegister', { userId: user.id });
  for (const event of events) await listen(one.page, event);
  return user.id;
};
const hearsOnce = async ({ page }: Participant, event: string, payload: Record<string, unknown>) =>
  await expect.poll(() => heard(page, event)).toEqual([expect.objectContaining(payload)]);

type Specified = { callButton(): void; agreeButton(): void; log: string[] };
/**
 * The page of sections 4.1 to 4.7, in the order of their samples: who is called rings by itself, and enters when the caller tells that it
 * has entered. What its own helpers do is written to `log`.
 */
const specifiedPage = ([otherId, sound]: readonly [number, typeof soundOnly]): void => {
  const own = window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer } & Specified;
  const { rtcPeer } = own;
  const callUser = { id: otherId };
  let receiveUser: { id: number; deviceType: string | null } | undefined;
  let [isAtRoom, isOtherBusy] = [false, false];
  let room: { id: number | null; roomType?: number; name: string; isCall: boolean } | undefined;
  own.log = [];
  const _enterRoom = async ({ id }: { id: number }) => {
    const d = await rtcPeer.meeting.enter({ roomId: id });
    isAtRoom = true;
    own.log.push('entered');
    await rtcPeer.meeting.publish(sound);
    return d;
  };
  own.callButton = () => {
    rtcPeer.call({ targetUserId: callUser.id }).then((d) => {
      if (d.result !== 0) return own.log.push('not online');
      room = { id: d.roomId, roomType: 2, name: 'call', isCall: true };
      return isOtherBusy || own.log.push('callMessage');
    });
  };
  own.agreeButton = () => {
    if (receiveUser) rtcPeer.agree({ targetUserId: receiveUser.id, targetDeviceType: receiveUser.deviceType });
  };
  rtcPeer.off('doInvite').on('doInvite', (data) => {
    const to = { targetUserId: data.ownUserId, targetDeviceType: data.ownDeviceType };
    if (isAtRoom) return void rtcPeer.tellBusy(to);
    receiveUser = { id: data.ownUserId, deviceType: data.ownDeviceType };
    own.log.push('ring');
    rtcPeer.ring(to);
  });
  rtcPeer.off('doAgree').on('doAgree', async (data) => {
    own.log.push('doAgree');
    const d = await _enterRoom({ id: room?.id as number });
    await rtcPeer.connected({
      targetUserId: data.ownUserId,
      targetDeviceType: data.ownDeviceType,
      roomId: d.room.id,
      roomType: d.room.roomType,
    });
    own.log.push('connected');
  });
  rtcPeer.off('doEvent').on('doEvent', (data) => {
    own.log.push(data.event);
    if (data.event === 'onBusy') isOtherBusy = true;
    if (data.event === 'onConnected') _enterRoom({ id: data.roomId as number });
  });
};

test('[4.1] [4.2] [4.5] [4.7] [4.9] the page of the specification calls another: it rings, is answered, and both hear each other', async ({
  join,
}) => {
  const [alice, bob] = [await join('alice', oa('alice')), await join('bob', oa('bob'))];
  const [aliceId, bobId] = [await reachable(alice), await reachable(bob)];
  for (const [one, other] of [
    [alice, bobId],
    [bob, aliceId],
  ] as const) {
    await one.page.evaluate(specifiedPage, [other, soundOnly] as const);
    // `off` took away all listeners.
    for (const event of ['doInvite', 'doAgree', 'doEvent']) await listen(one.page, event);
  }
  await alice.page.evaluate(() => (window as never as Specified).callButton());
  await hearsOnce(alice, 'doEvent', { event: 'onRinging', ownUserId: bobId });
  await bob.page.evaluate(() => (window as never as Specified).agreeButton());
  const logOf = ({ page }: Participant) => page.evaluate(() => (window as never as Specified).log);
  await expect.poll(() => logOf(bob)).toEqual(['ring', 'onConnected', 'entered']);
  expect((await logOf(alice)).toSorted()).toEqual(['callMessage', 'connected', 'doAgree', 'entered', 'onRinging']);
  expect((await logOf(alice)).slice(2)).toEqual(['doAgree', 'entered', 'connected']);
  const [{ roomId }] = await heard(alice.page, 'doAgree');
  await hearsOnce(bob, 'doEvent', { event: 'onConnected', roomId, roomType: 2 });
  for (const [me, them] of [
    [alice, 'bob'],
    [bob, 'alice'],
  ] as const)
    await expect.poll(async () => hears(await me.widget(), them)).toBe(true);

  await must(bob.page, 'cancel', { targetUserId: aliceId });
  await hearsOnce(alice, 'cancel', { ownUserId: bobId, reason: 'hungUp' });
});

const hasJava = spawnSync('javac', ['-version']).status === 0;

test('[5.1] [5.6] [5.9] the client in Java calls a browser, which rings and accepts', async ({ join }) => {
  test.skip(!hasJava, 'there is no javac on this machine');
  const classes = mkdtempSync(path(tmpdir(), 'meetframe-java-'));
  const sources = readdirSync('examples/java').filter((name) => name.endsWith('.java'));
  execFileSync('javac', ['-d', classes, ...sources.map((name) => path('examples/java', name))]);
  const alice = await join('alice', oa('alice'));
  const hers = await widgetWith(alice, { callScreens: true });
  const { user } = await must(alice.page, 'login', { name: 'alice', password: 'demo' });
  const way = [platformOrigin(), demoApp.appId, demoApp.secret, 'java-user', 'call', String(user.id)];
  const java = spawn('java', ['-cp', classes, 'Phone', ...way], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  java.stdout.on('data', (text) => {
    said += text;
  });
  const ended = once(java, 'exit');
  await expect(hers.getByTestId('incoming-call')).toContainText('java-user');
  await hers.getByTestId('accept-call').click();
  await expect.poll(() => said).toContain('connected');
  await expect(hers.getByTestId('leave')).toBeVisible();
  await must(alice.page, 'cancel', { targetUserId: Number(/^user (\d+)/m.exec(said)?.[1]) });
  expect((await ended)[0]).toBe(0);
  rmSync(classes, { recursive: true });
});

test('[4.1] [4.3] [4.4] [4.6] [4.8] withdrawn, rejected, busy, and own events', async ({ join }) => {
  // The devices of the test before may still come back, so another user is called.
  const [alice, carol] = [await join('alice', oa('alice')), await join('carol', oa('carol'))];
  const [aliceId, carolId] = [await reachable(alice), await reachable(carol)];
  const invites = async (count: number) =>
    await expect.poll(async () => (await heard(carol.page, 'doInvite')).length).toBe(count);

  await must(alice.page, 'call', { targetUserId: carolId });
  await invites(1);
  await must(carol.page, 'doEvent', { targetUserId: aliceId, targetDeviceType: 'pc', event: 'onWave', data: 'x' });
  await hearsOnce(alice, 'doEvent', { event: 'onWave', data: 'x', ownUserId: carolId });
  await must(alice.page, 'cancel', { targetUserId: carolId });
  await hearsOnce(carol, 'cancel', { ownUserId: aliceId, reason: 'cancelled' });

  await must(alice.page, 'call', { targetUserId: carolId });
  await invites(2);
  await must(carol.page, 'reject', { targetUserId: aliceId });
  await hearsOnce(alice, 'reject', { ownUserId: carolId });

  await must(alice.page, 'call', { targetUserId: carolId });
  await invites(3);
  await must(carol.page, 'tellBusy', { targetUserId: aliceId });
  await expect.poll(async () => (await heard(alice.page, 'doEvent')).at(-1)).toMatchObject({ event: 'onBusy' });

  expect((await call(alice.page, 'call', { targetUserId: aliceId })).code).toBe('INVALID_ARGUMENT');
});

test('[2.1] [4.1] [4.2] [4.5] [4.9] guests whose pages chose their ids call each other: the widget shows it on one page, the page itself on the other', async ({
  join,
}) => {
  const [alice, carol] = [await join('alice', oa('alice')), await join('carol', oa('carol'))];
  await widgetWith(alice, { logout: true, socket: true });
  const hers = await widgetWith(carol, { logout: true, callScreens: true });
  await must(alice.page, 'doRegister', { userId: 700_001 });
  await must(carol.page, 'doRegister', { userId: 700_002 });
  for (const event of events) await listen(alice.page, event);

  const { roomId } = await must(alice.page, 'call', { targetUserId: 700_002, ownUserId: 700_001, type: 1 });
  await expect(hers.getByTestId('incoming-call')).toContainText('700001');
  await hearsOnce(alice, 'doEvent', { event: 'onRinging', ownUserId: 700_002 });
  await hers.getByTestId('accept-call').click();
  await hearsOnce(alice, 'doAgree', { ownUserId: 700_002, roomId });
  await must(alice.page, 'meeting.enter', { roomId, username: 'Anna' });
  await must(alice.page, 'meeting.publish', soundOnly);
  await expect.poll(() => hears(hers, 'alice')).toBe(true);
  await expect(hers.getByTestId('meeting-info')).toHaveText('Anna');
  // A guest has no colleagues to add.
  await expect(hers.getByTestId('shrink-call')).toBeVisible();
  await expect(hers.getByTestId('add-person')).toHaveCount(0);

  await must(alice.page, 'cancel', { targetUserId: 700_002 });
  await expect(hers.getByTestId('ended-call')).toContainText('Call ended');
  await expect(hers.getByTestId('leave')).toHaveCount(0);
});

import { call, heard, listen, must } from './support/api.ts';
import { expect, hears, oa, type Participant, soundOnly, test, widgetWith } from './support/people.ts';

type Own = { rtcPeer: import('@meetframe/host-sdk').RTCPeer; rings: unknown[] };
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

test('[4.1] [4.2] [4.5] [4.7] [4.9] a page calls another: it rings, is answered, and both hear each other', async ({
  join,
}) => {
  const [alice, bob] = [await join('alice', oa('alice')), await join('bob', oa('bob'))];
  const [aliceId, bobId] = [await reachable(alice), await reachable(bob)];
  // As the specification's page does it: ring, or say that one is busy.
  await bob.page.evaluate(() => {
    const { rtcPeer } = window as never as Own;
    rtcPeer.off('doInvite').on('doInvite', ({ ownUserId, ownDeviceType }) => {
      rtcPeer.ring({ targetUserId: ownUserId, targetDeviceType: ownDeviceType });
    });
  });
  const { result, roomId } = await must(alice.page, 'call', { targetUserId: bobId, type: 1 });
  expect(result).toBe(0);
  await hearsOnce(alice, 'doEvent', { event: 'onRinging', ownUserId: bobId });

  await must(bob.page, 'agree', { targetUserId: aliceId, targetDeviceType: 'pc' });
  await hearsOnce(alice, 'doAgree', { ownUserId: bobId, roomId });
  await must(alice.page, 'meeting.enter', { roomId });
  await must(alice.page, 'connected', { targetUserId: bobId, roomId, roomType: 1 });
  await hearsOnce(bob, 'doEvent', { event: 'onConnected', roomId, roomType: 1 });
  await must(bob.page, 'meeting.enter', { roomId });
  await Promise.all([alice, bob].map(({ page }) => must(page, 'meeting.publish', soundOnly)));
  for (const [me, them] of [
    [alice, 'bob'],
    [bob, 'alice'],
  ] as const)
    await expect.poll(async () => hears(await me.widget(), them)).toBe(true);

  await must(bob.page, 'cancel', { targetUserId: aliceId });
  await hearsOnce(alice, 'cancel', { ownUserId: bobId, reason: 'hungUp' });
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

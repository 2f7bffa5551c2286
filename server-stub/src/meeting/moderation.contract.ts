import { describe, expect, test } from 'vitest';
import { type Json, opus, type TestClient } from '../testing/harness.ts';
import { enter, goTo, guest, inRooms, member, roomId, type Someone, server } from '../testing/meetings.ts';

inRooms({ media: true });

/** A moderator (an administrator of the company) and two guests. */
const three = async () => ({ admin: await member('admin'), ann: await guest('Ann'), bob: await guest('Bob') });

const known = async ({ client }: Someone): Promise<Json> => await client.call('meeting.snapshot');
const namesIn = async (one: Someone): Promise<string[]> => {
  const { client, members } = await known(one);
  return [client, ...members].map(({ name }: Json) => name).sort();
};
const isMuted = async (one: Someone): Promise<boolean> => (await known(one)).client.isMuted;
const publishMic = ({ client, id }: Someone) =>
  client.call('media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(id % 2 ** 31) });

test('[3.3] finish ends the meeting for all, and only the moderator can', async () => {
  const { admin, ann, bob } = await three();
  expect(await ann.client.code('meeting.finish')).toBe('FORBIDDEN');
  expect(await admin.client.call('meeting.finish')).toMatchObject({ result: 0 });
  for (const { client } of [admin, ann, bob]) {
    expect(await client.event('meeting.onFinish')).toMatchObject({ userId: admin.id, roomId });
    expect(await client.event('meeting.closed')).toMatchObject({ reason: 'finished', roomId });
    expect(await client.code('meeting.snapshot')).toBe('NOT_IN_MEETING');
  }
  expect((await guest('Later')).entered.members).toEqual([]);
});

test('[3.10] muteAll mutes all participants but the moderator, whatever their clients do; un-muting only asks', async () => {
  const { admin, ann, bob } = await three();
  for (const one of [admin, ann]) await publishMic(one);
  const consumers = await bob.client.event('media.consumers', (event) =>
    event.consumers.some(({ clientId }: Json) => clientId === ann.id),
  );
  const { id: consumerId } = consumers.consumers.find(({ clientId }: Json) => clientId === ann.id);
  expect(await ann.client.code('meeting.muteAll', { isMute: true })).toBe('FORBIDDEN');

  await admin.client.call('meeting.muteAll', { userId: admin.id, roomId, isMute: true });
  for (const { client } of [admin, ann, bob])
    expect(await client.event('meeting.onMuteAll')).toMatchObject({ userId: admin.id, roomId, isMute: true });
  expect(await Promise.all([admin, ann, bob].map(isMuted))).toEqual([false, true, true]);
  await bob.client.event('media.consumerPaused', (event) => event.consumerId === consumerId && event.paused);

  // The client ignores the mute and continues to send.
  await ann.client.call('media.setPaused', { source: 'mic', paused: false });
  await publishMic(ann);
  const fresh = await bob.client.event('media.consumers', (event) =>
    event.consumers.some(({ clientId, id }: Json) => clientId === ann.id && id !== consumerId),
  );
  expect(fresh.consumers.find(({ clientId }: Json) => clientId === ann.id).producerPaused).toBe(true);

  await admin.client.call('meeting.muteAll', { isMute: false });
  await ann.client.event('meeting.onMuteAll', (event) => !event.isMute);
  expect(await isMuted(ann)).toBe(true);
  await ann.client.call('meeting.updateMute', { isMute: false });
  expect(await isMuted(ann)).toBe(false);
});

describe('[3.11] kickOut', () => {
  test('[3.11] removes a participant whatever the client does, and tells all', async () => {
    const { admin, ann, bob } = await three();
    await publishMic(ann);
    const { consumers } = await bob.client.event('media.consumers');
    expect(await bob.client.code('meeting.kickOut', { userId: ann.id })).toBe('FORBIDDEN');
    expect(await admin.client.code('meeting.kickOut', { userId: 7 })).toBe('NOT_FOUND');
    expect(await admin.client.code('meeting.kickOut', { userId: admin.id })).toBe('CONFLICT');

    await admin.client.call('meeting.kickOut', { userId: ann.id, roomId });
    for (const { client } of [admin, ann, bob])
      expect(await client.event('meeting.tiren')).toMatchObject({ userId: ann.id, roomId });
    expect(await ann.client.event('meeting.closed')).toMatchObject({ reason: 'kicked' });
    await bob.client.event('media.consumersClosed', (event) => event.consumerIds.includes(consumers[0].id));
    for (const [method, input] of [
      ['meeting.chat', { content: 'still here' }],
      ['media.setPaused', { source: 'mic', paused: false }],
      ['media.open', { rtpCapabilities: ann.client.hello.rtpCapabilities }],
    ] as const)
      expect(await ann.client.code(method, input)).toBe('NOT_IN_MEETING');
    expect(await namesIn(bob)).toEqual(['Ada Admin', 'Bob']);
  });

  test('[3.11] who was removed stays out until there is another meeting', async () => {
    const { admin, ann, bob } = await three();
    const alice = await member('alice');
    for (const { id } of [ann, alice]) await admin.client.call('meeting.kickOut', { userId: id });
    const reason = { code: 'FORBIDDEN', details: { reason: 'removed' } };
    const refused = async (client: TestClient, more: Json) =>
      expect((await client.ask('meeting.enter', { roomId, ...more })).error).toMatchObject(reason);
    await refused(ann.client, { username: 'Another name' });
    await refused(await server.client(), { username: 'Ann' });
    await refused(await server.client({ SID: await server.login('alice') }), { username: 'Another name' });
    // Other participants are not mistaken for the removed one.
    expect((await guest('Dora')).entered.client.name).toBe('Dora');

    await admin.client.call('meeting.finish');
    await bob.client.event('meeting.closed');
    expect((await enter(ann.client, { username: 'Ann' })).entered.client.name).toBe('Ann');
  });

  test('[3.11] the owner of the room cannot be removed', async () => {
    const alice = await server.client({ SID: await server.login('alice') });
    goTo((await alice.call('room.createRoom', { name: 'Own', numberLimit: 5, isPublic: true })).roomId);
    const [owner, ann] = [await enter(alice), await guest('Ann')];
    await owner.client.call('meeting.setCompere', { userId: ann.id });
    expect(await ann.client.code('meeting.kickOut', { userId: owner.id })).toBe('FORBIDDEN');
  });
});

test('[3.12] raiseHand tells all who raised a hand and when; those who come later see it', async () => {
  const { admin, ann, bob } = await three();
  await bob.client.call('meeting.raiseHand');
  expect(await admin.client.event('meeting.onRaiseHand')).toMatchObject({
    client: { id: bob.id, name: 'Bob', userId: null },
    roomId,
    raised: true,
  });
  await ann.client.call('meeting.raiseHand', { raised: true });
  const { more } = (await guest('Later')).entered;
  const handOf = ({ id }: Someone) => more.find((one: Json) => one.id === id)?.hand;
  expect(handOf(bob)).toBeLessThanOrEqual(handOf(ann));
  // Raising it again keeps the place in the list.
  await bob.client.call('meeting.raiseHand');
  expect((await known(bob)).more.find((one: Json) => one.id === bob.id).hand).toBe(handOf(bob));

  await bob.client.call('meeting.raiseHand', { raised: false });
  await admin.client.event('meeting.onRaiseHand', ({ client, raised }) => client.id === bob.id && !raised);
  await admin.client.event('meeting.roster', ({ changed }) =>
    changed.some((one: Json) => one.client.id === bob.id && one.hand === null),
  );
});

describe('[3.17] setCompere', () => {
  test('[3.17] hands the role on; the former moderator loses its rights', async () => {
    const { admin, ann, bob } = await three();
    expect(await ann.client.code('meeting.setCompere', { userId: ann.id })).toBe('FORBIDDEN');
    expect(await admin.client.code('meeting.setCompere', { userId: 7 })).toBe('NOT_FOUND');
    await admin.client.call('meeting.setCompere', { userId: ann.id, roomId });
    for (const { client } of [admin, ann, bob])
      expect(await client.event('meeting.onCompere')).toMatchObject({ userId: ann.id, roomId });
    expect((await known(bob)).room.superModeId).toBe(ann.id);
    expect(await admin.client.code('meeting.muteAll', { isMute: true })).toBe('FORBIDDEN');
    await ann.client.call('meeting.muteMsg', { userId: bob.id, isMute: true });
    // Another entitled participant who enters does not get the role.
    await member('root');
    expect((await known(bob)).room.superModeId).toBe(ann.id);
    // When the chosen moderator leaves, an entitled participant gets the role.
    await ann.client.call('meeting.exit');
    await bob.client.event('meeting.roster', ({ left }) => left.includes(ann.id));
    expect((await known(bob)).room.superModeId).toBe(admin.id);
  });

  test('[3.17] who appoints itself moderates no longer than it may by the data', async () => {
    const root = await server.login('root');
    const account = `deputy-${roomId}`;
    const person = { orgId: 2, account, password: 'a secret', name: 'Deputy', level: 2 };
    const { userId } = (await server.post('user', { method: 'addUser', SID: root, ...person })).body;
    const { SID } = (await server.post('account', { method: 'login', name: account, password: 'a secret' })).body;
    const deputy = await enter(await server.client({ SID }));
    const ann = await guest('Ann');
    await deputy.client.call('meeting.setCompere', { userId: deputy.id });
    await server.post('user', { method: 'modifyUser', SID: root, userId, level: 4 });
    await ann.client.event('meeting.roster', ({ room }) => room !== undefined && room.superModeId === null);
    expect(await deputy.client.code('meeting.muteAll', { isMute: true })).toBe('FORBIDDEN');
  });

  test('[3.17] the owner of the room takes the role back at any time', async () => {
    const alice = await server.client({ SID: await server.login('alice') });
    goTo((await alice.call('room.createRoom', { name: 'Own', numberLimit: 5, isPublic: true })).roomId);
    const [owner, ann, bob] = [await enter(alice), await guest('Ann'), await guest('Bob')];
    await owner.client.call('meeting.setCompere', { userId: ann.id });
    await owner.client.call('meeting.setCompere', { userId: bob.id });
    expect((await known(ann)).room.superModeId).toBe(bob.id);
  });
});

test('[3.44] updateMeetingName renames the meeting for all, and the appointment that it is', async () => {
  const alice = await server.client({ SID: await server.login('alice') });
  const made = await alice.call('appointment.createAppointment', { name: 'Before', isPublic: true });
  goTo(made.roomId);
  const [owner, ann] = [await enter(alice), await guest('Ann')];
  expect(await ann.client.code('meeting.updateMeetingName', { appointmentName: 'No' })).toBe('FORBIDDEN');
  expect(
    (await owner.client.ask('meeting.updateMeetingName', { appointmentName: 'x', appointmentId: 7 })).error,
  ).toMatchObject({ code: 'NOT_FOUND', details: { field: 'appointmentId' } });
  const { appointmentId } = owner.entered.room;
  await owner.client.call('meeting.updateMeetingName', {
    userId: owner.id,
    roomId,
    appointmentName: 'After',
    appointmentId: String(appointmentId),
  });
  expect(await ann.client.event('meeting.onUpdateMeeting')).toMatchObject({
    userId: owner.id,
    roomId,
    appointmentName: 'After',
  });
  await ann.client.event('meeting.roster', ({ room }) => room?.appointmentName === 'After');
  const { meeting } = await alice.call('appointment.queryAppointmentById', { meetingId: made.meetingId });
  expect(meeting.name).toBe('After');
});

test('[3.44] a meeting without an appointment has the name as long as it runs', async () => {
  const { admin, ann } = await three();
  await admin.client.call('meeting.updateMeetingName', { appointmentName: 'Stand-up', appointmentId: null });
  await ann.client.event('meeting.onUpdateMeeting', ({ appointmentName }) => appointmentName === 'Stand-up');
  expect((await guest('Later')).entered.room.appointmentName).toBe('Stand-up');
});

test('[3.45] updateClientName renames the caller, or another participant if the caller moderates', async () => {
  const { admin, ann, bob } = await three();
  await ann.client.call('meeting.updateClientName', { userId: ann.id, roomId, name: 'Anna' });
  expect(await bob.client.event('meeting.onUpdateClient')).toMatchObject({
    userId: ann.id,
    roomId,
    client: { id: ann.id, name: 'Anna' },
  });
  expect(await bob.client.code('meeting.updateClientName', { userId: ann.id, name: 'No' })).toBe('FORBIDDEN');
  expect((await ann.client.ask('meeting.updateClientName', { userId: ann.id, name: ' ' })).error).toMatchObject({
    code: 'INVALID_ARGUMENT',
    details: { field: 'name' },
  });
  await admin.client.call('meeting.updateClientName', { userId: bob.id, name: 'Robert' });
  expect(await namesIn(admin)).toEqual(['Ada Admin', 'Anna', 'Robert']);
  const { message } = await bob.client.call('meeting.chat', { content: 'hello' });
  expect(message.client.name).toBe('Robert');
});

test('the roster tells a change before the event that announces it', async () => {
  const { admin, ann, bob } = await three();
  const { events } = bob.client;
  /** The last roster message before the event. */
  const rosterBefore = (event: string): Json => {
    const names = events.map(({ module, method }) => `${module}.${method}`);
    return events[names.lastIndexOf('meeting.roster', names.indexOf(event))] ?? {};
  };
  await admin.client.call('meeting.updateMeetingName', { appointmentName: 'Plans' });
  await admin.client.call('meeting.updateClientName', { userId: ann.id, name: 'Anna' });
  await admin.client.call('meeting.muteAll', { isMute: true });
  await admin.client.call('meeting.setCompere', { userId: ann.id });
  await bob.client.event('meeting.onCompere');
  expect(rosterBefore('meeting.onUpdateMeeting').room).toMatchObject({ appointmentName: 'Plans' });
  expect(rosterBefore('meeting.onUpdateClient').changed).toEqual([{ client: { id: ann.id, name: 'Anna' } }]);
  expect(rosterBefore('meeting.onMuteAll').changed).toContainEqual({ client: { id: ann.id, isMuted: true } });
  expect(rosterBefore('meeting.onCompere').room).toMatchObject({ superModeId: ann.id });
});

test('[3.26] a call that names another room than the caller’s is refused, and changes nothing', async () => {
  const { admin, bob } = await three();
  const elsewhere = 1012;
  for (const [method, input] of [
    ['meeting.chat', { content: 'x' }],
    ['meeting.kickOut', { userId: bob.id }],
    ['meeting.muteAll', { isMute: true }],
    ['meeting.setCompere', { userId: bob.id }],
    ['meeting.updateMeetingName', { appointmentName: 'x' }],
  ] as const)
    expect(await admin.client.code(method, { ...input, roomId: elsewhere })).toBe('NOT_IN_MEETING');
  expect((await known(bob)).chat).toEqual([]);
  expect(await isMuted(bob)).toBe(false);
});

test('the id of a participant of another meeting is not accepted', async () => {
  const { bob } = await three();
  goTo(await server.room());
  const admin = await member('root');
  for (const [method, input] of [
    ['meeting.kickOut', {}],
    ['meeting.muteMsg', { isMute: true }],
    ['meeting.setCompere', {}],
    ['meeting.updateClientName', { name: 'Mine' }],
  ] as const)
    expect(await admin.client.code(method, { ...input, userId: bob.id })).toBe('NOT_FOUND');
  expect((await known(bob)).client).toMatchObject({ name: 'Bob', isMuted: false });
});

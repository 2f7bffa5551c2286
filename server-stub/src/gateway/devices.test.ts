import { expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { platformApp } from '../account/app.ts';
import { testCluster } from '../testing/cluster.ts';
import type { UserRow } from '../users/tables.ts';
import type { Device } from './device.ts';
import { Devices } from './devices.ts';
import { makeLogins } from './revocation.ts';

const user = (id: number, more: Partial<UserRow> = {}) => ({ id, companyId: 2, name: 'Ann', ...more }) as UserRow;
/** `cluster`: that of another node. */
const setUp = (cluster = testCluster()) => {
  const directory = { arrive: vi.fn(), depart: vi.fn(), on: cluster.on };
  const devices = new Devices(directory);
  const open = (id?: number, SID = `SID of ${id}`): Device => {
    const device = devices.open(platformApp, '127.0.0.1');
    if (id !== undefined) devices.logIn(device, { user: user(id), SID });
    return device;
  };
  return { directory, devices, open, cluster };
};
/** A socket that records what is sent. */
const attach = (device: Device): string[] => {
  const sent: string[] = [];
  device.attach({
    bufferedAmount: 0,
    send: (text: string) => sent.push(text),
    close: () => undefined,
  } as never as WebSocket);
  return sent;
};

test('devices are found by token, id, user, login and app, until they are closed', () => {
  const { devices, open } = setUp();
  const [one, two, guest] = [open(1, 'a'), open(1, 'b'), open()];
  expect(devices.byToken(one.token)).toBe(one);
  expect(devices.byId(one.id)).toBe(one);
  expect(devices.byId(one.token)).toBeUndefined();
  expect(devices.ofUser(1)).toEqual([one, two]);
  expect(devices.ofLogin('b')).toEqual([two]);
  expect(devices.ofApp('platform')).toEqual([one, two, guest]);
  for (const device of [one, two, guest]) devices.close(device);
  expect([devices.size, devices.all(), devices.SIDs(), devices.appIds()]).toEqual([0, [], [], []]);
  expect([devices.byToken(one.token), devices.byId(one.id), devices.ofUser(1)]).toEqual([undefined, undefined, []]);
});

test('the session of a client that will not come back ends at once', () => {
  const { devices, open } = setUp();
  const device = open();
  const socket = { close: () => undefined, send: () => undefined } as never as WebSocket;
  device.attach(socket);
  device.detach(socket, 0, () => devices.close(device));
  expect([device.ended, devices.byToken(device.token)]).toEqual([true, undefined]);
});

test('another login replaces the one before', () => {
  const { devices, open } = setUp();
  const device = open(1, 'a');
  devices.logIn(device, { user: user(2), SID: 'b' });
  expect([devices.ofUser(1), devices.ofLogin('a')]).toEqual([[], []]);
  expect([devices.ofUser(2), devices.ofLogin('b')]).toEqual([[device], [device]]);
  expect([device.user?.id, device.SID]).toEqual([2, 'b']);
});

test('the cluster is told of devices with a user, by their public id', () => {
  const { directory, devices, open } = setUp();
  const idle = { callable: null, awake: true, roomId: null };
  open();
  expect(directory.arrive).not.toHaveBeenCalled();
  const device = open(1, 'a');
  const present = { id: device.id, userId: 1, companyId: 2, kind: 'pc', since: device.since, ...idle };
  expect(directory.arrive.mock.calls).toEqual([[present]]);
  devices.logIn(device, { user: user(1), SID: 'a' });
  expect(directory.arrive).toHaveBeenCalledTimes(1);
  devices.refresh(user(1, { companyId: 3 }));
  expect(directory.arrive).toHaveBeenLastCalledWith({ ...present, companyId: 3 });
  devices.close(device);
  devices.close(device);
  expect(directory.depart.mock.calls).toEqual([[device.id]]);
});

test('the cluster is told at once of a seat, and of a device that was lost for long and is back', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const { directory, devices, open } = setUp();
    const device = open(1);
    device.callable = 'pc';
    devices.publish(device);
    const told = () => directory.arrive.mock.lastCall?.[0];
    device.seat = { roomId: 7, clientId: 1 };
    expect(told()).toMatchObject({ id: device.id, roomId: 7 });
    device.seat = undefined;
    expect(told()).toMatchObject({ id: device.id, roomId: null });
    const socket = { close: () => undefined, send: () => undefined } as never as WebSocket;
    device.attach(socket);
    device.detach(socket, 60_000, () => undefined);
    vi.advanceTimersByTime(40_000);
    devices.publish(device);
    expect(told()).toMatchObject({ callable: null, awake: false });
    device.attach(socket);
    expect(told()).toMatchObject({ callable: 'pc', awake: true });
    devices.close(device);
  } finally {
    vi.useRealTimers();
  }
});

test('the cluster knows the device of a guest, until it is that of another one or of a user', () => {
  const { directory, devices, open } = setUp();
  const device = open();
  const guest = (id: number) => ({ id: 900 + id, user: user(id) });
  devices.becomeGuest(device, guest(5));
  device.seat = { roomId: 7, clientId: 1 };
  expect(directory.arrive).toHaveBeenLastCalledWith(expect.objectContaining({ userId: 5, roomId: 7 }));
  devices.becomeGuest(device, guest(6));
  expect(directory.depart).toHaveBeenCalledExactlyOnceWith(device.id);
  expect(directory.arrive).toHaveBeenLastCalledWith(expect.objectContaining({ userId: 6, roomId: 7 }));
  devices.logIn(device, { user: user(1), SID: 'a' });
  expect(directory.arrive).toHaveBeenLastCalledWith(expect.objectContaining({ userId: 1, roomId: 7 }));
});

test('a change of an account is told to all devices of the user, on every node, and to no other', () => {
  const { open, cluster } = setUp();
  const elsewhere = setUp(cluster);
  const [one, two, other, far] = [open(1, 'a'), open(1, 'b'), open(2), elsewhere.open(1, 'c')].map(attach);
  cluster.tell('account.changed', { userId: 1, user: null, company: null, level: 4 });
  expect([one?.length, two?.length, other?.length, far?.length]).toEqual([1, 1, 0, 1]);
  expect(JSON.parse(far?.[0] ?? '')).toEqual({
    ...{ seq: 1, module: 'account', method: 'changed' },
    ...{ user: null, company: null, level: 4 },
  });
});

const seats = { leave: () => false, userChanged: () => {} };
test('logins are ended by session id or by user, except the one that asked', () => {
  const { devices, open, cluster } = setUp();
  const logins = makeLogins(devices, seats, cluster);
  const [one, two, three] = [open(1, 'a'), open(1, 'a'), open(1, 'b')];
  const sent = attach(two);
  logins.end({ SID: 'a', exceptDevice: one.id });
  expect([one, two, three].map(({ SID }) => SID)).toEqual(['a', undefined, 'b']);
  expect(sent.map((text) => JSON.parse(text))).toMatchObject([{ module: 'account', method: 'changed', user: null }]);
  logins.end({ userId: 1, exceptSID: 'b' });
  expect([one, two, three].map(({ SID }) => SID)).toEqual([undefined, undefined, 'b']);
  logins.end({ userId: 1 });
  expect(three.user).toBeUndefined();
});

test('logins are ended on other nodes, too, which are not told the id of the session that goes on', () => {
  const { devices, open, cluster } = setUp();
  const elsewhere = setUp(cluster);
  const logins = makeLogins(devices, seats, cluster);
  makeLogins(elsewhere.devices, seats, cluster);
  const told = vi.fn();
  cluster.on('login.ended', told);
  const all = [open(1, 'a'), elsewhere.open(1, 'a'), elsewhere.open(1, 'b'), elsewhere.open(1, 'c')];
  const SIDs = () => all.map(({ SID }) => SID);
  logins.end({ SID: 'b' });
  expect(SIDs()).toEqual(['a', 'a', undefined, 'c']);
  told.mockClear();
  logins.end({ userId: 1, exceptSID: 'a' });
  expect(SIDs()).toEqual(['a', 'a', undefined, undefined]);
  expect(Object.values(told.mock.lastCall?.[0])).not.toContain('a');
});

const speakers = (active: number) => ({ active, speakers: [] });
const author = { id: 1, userId: null, name: 'Ann', pictureurl: null };

test('a device that resumes gets the newest of each state, without a number', () => {
  const { open } = setUp();
  const device = open();
  device.emit('meeting.speakers', speakers(1));
  device.emit('session.closing', { retryAfter: 1 });
  device.emit('meeting.speakers', speakers(2));
  expect(device.seq).toBe(1);
  expect(device.missedSince(0)).toHaveLength(1);
  expect(attach(device)).toEqual(['{"module":"meeting","method":"speakers","active":2,"speakers":[]}']);
});

test('what held for a moment is sent to a connected device, and not again to one that resumes', () => {
  const { open } = setUp();
  const device = open();
  const sent = attach(device);
  device.emit('meeting.onReaction', { roomId: 7, reactions: [{ userId: 1, reaction: '👏', count: 1 }] });
  for (let n = 0; n < 600; n++)
    device.emit('meeting.onTranscription', { data: { var: `word ${n}`, bg: '1' }, client: author });
  device.emit('meeting.onTranscription', { data: { onebest: 'all words', bg: '1', ed: '9' }, client: author });
  expect(sent).toHaveLength(602);
  expect(device.missedSince(0)?.map((text) => JSON.parse(text))).toMatchObject([
    { seq: 1, data: { onebest: 'all words' } },
  ]);
  expect(attach(device)).toEqual([]);
});

test('the states of a seat are forgotten when the device takes or leaves a seat', () => {
  const { open } = setUp();
  const device = open();
  const list = { roomId: 7, isOn: true, waiting: [] };
  device.seat = { roomId: 7, clientId: 1 };
  device.emit('meeting.onWaitingRoom', list);
  expect(attach(device)).toHaveLength(1);
  device.seat = { roomId: 8, clientId: 2 };
  expect(attach(device)).toEqual([]);
  device.emit('meeting.onWaitingRoom', { ...list, roomId: 8 });
  device.seat = undefined;
  expect(attach(device)).toEqual([]);
});

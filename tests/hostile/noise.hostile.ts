import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestClient, type TestServer } from '../../server-stub/src/testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
afterEach(() => server.dismiss());

const enter = async (roomId: number, client?: TestClient): Promise<TestClient> => {
  const one = client ?? (await server.client());
  await one.call('meeting.enter', { roomId, username: 'Guest' });
  return one;
};
const codes = (answers: Json[]) => answers.filter(({ error }) => error?.code === 'THROTTLED').length;

test('[3.26] entering again does not get around the limit of the chat', async () => {
  const roomId = await server.room();
  const guest = await enter(roomId);
  const started = performance.now();
  const answers: Json[] = [];
  for (let entry = 0; entry < 5; entry++) {
    answers.push(
      ...(await Promise.all(Array.from({ length: 10 }, () => guest.ask('meeting.chat', { content: 'noise' })))),
    );
    await guest.call('meeting.exit');
    await enter(roomId, guest);
  }
  const windows = 1 + Math.floor((performance.now() - started) / 3000);
  expect(50 - codes(answers)).toBeLessThanOrEqual(10 * windows);
});

test('[3.26] guests who come on a new device each time say no more together than those who are there may', async () => {
  const roomId = await server.room();
  await enter(roomId);
  const started = performance.now();
  let said = 0;
  for (let guest = 0; guest < 8; guest++) {
    const one = await enter(roomId);
    const answers = await Promise.all(Array.from({ length: 10 }, () => one.ask('meeting.chat', { content: 'noise' })));
    said += 10 - codes(answers);
    await one.leave();
  }
  const windows = 1 + Math.floor((performance.now() - started) / 3000);
  expect(said).toBeLessThanOrEqual(20 * windows);
});

const camera = { codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90000 }], encodings: [{ ssrc: 4711 }] };
const withMedia = async (roomId: number): Promise<TestClient & { id: number }> => {
  const one = await server.client();
  const { rtpCapabilities } = one.hello;
  const { client } = await one.call('meeting.enter', { roomId, username: 'Guest', rtpCapabilities });
  return Object.assign(one, { id: client.id as number });
};
const watching = async (roomId: number): Promise<{ noisy: TestClient; other: TestClient }> => {
  const noisy = await withMedia(roomId);
  const other = await withMedia(roomId);
  await other.call('media.setReceive', { tiles: [{ clientId: noisy.id, source: 'camera', maxSide: 300 }] });
  return { noisy, other };
};
const produce = (client: TestClient) =>
  client.ask('media.produce', { source: 'camera', kind: 'video', rtpParameters: camera });

test('a camera that is published or toggled again and again costs the others a few messages', async () => {
  const { noisy, other } = await watching(await server.room());
  await produce(noisy);
  await other.event('media.consumers');
  const told = (name: string) => other.events.filter(({ method }) => method === name).length;
  const started = performance.now();
  for (let n = 0; n < 20; n++) await noisy.call('media.setPaused', { source: 'camera', paused: n % 2 === 0 });
  for (let n = 0; n < 20; n++) await produce(noisy);
  // The last state arrives.
  const { producerId } = await produce(noisy);
  await other.event('media.consumers', ({ consumers }) =>
    consumers.some((one: Json) => one.producerId === producerId && !one.producerPaused),
  );
  const most = 2 + (4 * (performance.now() - started)) / 1000;
  expect(told('consumerPaused')).toBeLessThanOrEqual(most);
  expect(told('consumers')).toBeLessThanOrEqual(most);
});

test('what is shown is decided a few times a second, however often a participant asks, and the last wish counts', async () => {
  const { noisy, other } = await watching(await server.room());
  await produce(noisy);
  const tiles = [{ clientId: (noisy as TestClient & { id: number }).id, source: 'camera', maxSide: 300 }];
  await other.event('media.consumers');
  const started = performance.now();
  for (let n = 0; n < 90; n++) await other.call('media.setReceive', { tiles: n % 2 ? tiles : [] });
  await other.call('media.setReceive', { tiles: [] });
  await expect
    .poll(() => {
      const open = new Set<string>();
      for (const { method, consumers = [], consumerIds = [] } of other.events) {
        if (method === 'consumers') for (const { id } of consumers) open.add(id);
        if (method === 'consumersClosed') for (const id of consumerIds) open.delete(id);
      }
      return open.size;
    })
    .toBe(0);
  const made = other.events.filter(({ method }) => method === 'consumers').length;
  expect(made).toBeLessThanOrEqual(2 + (10 * (performance.now() - started)) / 1000);
});

test('a short gap stays short while somebody is noisy: nothing begins anew', async () => {
  const roomId = await server.room();
  const { noisy, other } = await watching(roomId);
  const { resumeToken } = other.hello;
  await other.call('session.ping');
  const lastSeq = Math.max(other.hello.seq, ...other.events.map(({ seq }) => seq ?? 0));
  other.kill();
  for (let n = 0; n < 20; n++) await produce(noisy);
  for (let n = 0; n < 400; n++) await noisy.ask('meeting.raiseHand', { raised: n % 2 === 0 });
  const back = await server.client({ resume: { token: resumeToken, lastSeq } });
  expect(back.hello).toMatchObject({ resumed: true, missed: 'events' });
});

test('a moderator who repeats what all others are told of is bounded too', async () => {
  const roomId = await server.room();
  const moderator = await server.client({ SID: await server.login('admin') });
  const { client } = await moderator.call('meeting.enter', { roomId });
  const other = await withMedia(roomId);
  const { id } = other;
  const ways: [string, Json][] = [
    ['muteMsg', { userId: id, isMute: false }],
    ['muteAll', { isMute: false }],
    ['setCompere', { userId: client.id }],
    ['updateMeetingName', { appointmentName: 'Noise' }],
    ['updateClientName', { userId: id, name: 'Noise' }],
  ];
  const answers: Json[] = [];
  const started = performance.now();
  for (const [method, input] of ways) {
    const some = await Promise.all(Array.from({ length: 20 }, () => moderator.ask(`meeting.${method}`, input)));
    expect(codes(some)).toBe(answers.length < 60 ? 0 : 20);
    answers.push(...some);
  }
  // The others are told of each kind four times a second at most, the first at once and the last at the end.
  const most = 2 + (4 * (performance.now() - started)) / 1000;
  for (const event of ['onMute', 'onMuteAll', 'onCompere']) {
    await other.event(`meeting.${event}`);
    expect(other.events.filter(({ method }) => method === event).length, event).toBeLessThanOrEqual(most);
  }
});

test('a participant who toggles again and again is bounded, and the others are told the last state a few times', async () => {
  const roomId = await server.room();
  const other = await enter(roomId);
  const noisy = await enter(roomId);
  const told = () => other.events.filter(({ method, changed }) => method === 'roster' && changed.length > 0).length;
  const before = told();
  const answers: Json[] = [];
  for (let n = 0; n < 90; n++) answers.push(await noisy.ask('meeting.updateMute', { isMute: n % 2 === 0 }));
  expect(codes(answers)).toBe(30);
  // The 60 that were done took less than a second or two, and four a second are told.
  await noisy.call('session.ping');
  expect(told() - before).toBeLessThan(30);
  // What somebody else does meanwhile is told at once.
  await other.call('meeting.raiseHand', { raised: true });
  await noisy.event('meeting.onRaiseHand');
});

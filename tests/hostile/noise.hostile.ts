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
  const answers: Json[] = [];
  for (let entry = 0; entry < 5; entry++) {
    answers.push(
      ...(await Promise.all(Array.from({ length: 10 }, () => guest.ask('meeting.chat', { content: 'noise' })))),
    );
    await guest.call('meeting.exit');
    await enter(roomId, guest);
  }
  expect(codes(answers)).toBe(40);
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

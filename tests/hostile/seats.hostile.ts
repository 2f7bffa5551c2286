import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../server-stub/src/testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ GUEST_SHARE: '50', TRUST_PROXY: 'true' });
});
afterAll(() => server.close());
afterEach(() => server.dismiss());

/** A public room of Alice's. */
const roomOf = async (numberLimit: number): Promise<number> =>
  (
    await server.post('room', {
      method: 'createRoom',
      SID: await server.login('alice'),
      name: 'Alice’s',
      numberLimit,
      isPublic: true,
    })
  ).body.roomId;
const guests = async (roomId: number, count: number): Promise<(string | undefined)[]> => {
  const codes: (string | undefined)[] = [];
  for (let n = 0; n < count; n++)
    codes.push(await (await server.client()).code('meeting.enter', { roomId, username: `Guest ${n}` }));
  return codes;
};

test('guests of one network hold a share of the seats', async () => {
  expect(await guests(await roomOf(12), 9)).toEqual([...Array(6).fill(undefined), ...Array(3).fill('ROOM_FULL')]);
});

test('a room that guests have filled still lets its owner in, and no further guest', async () => {
  const roomId = await roomOf(3);
  expect(await guests(roomId, 4)).toEqual([undefined, undefined, undefined, 'ROOM_FULL']);
  const owner = await server.client({ SID: await server.login('alice') });
  expect((await owner.call('meeting.enter', { roomId })).client.isSuperModerator).toBe(true);
  const colleague = await server.client({ SID: await server.login('bob') });
  expect(await colleague.code('meeting.enter', { roomId })).toBe('ROOM_FULL');
});

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../../server-stub/src/testing/harness.ts';

const own = 'turn.example:3478';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ TURN_SECRET: 'north', TURN_SERVERS: own });
});
afterAll(() => server.close());
afterEach(() => server.dismiss());

const enter = async (hello: Json) => {
  const client = await server.client(hello);
  const rtpCapabilities = client.hello.rtpCapabilities;
  const { media } = await client.call('meeting.enter', { roomId: 1012, username: 'Guest', rtpCapabilities });
  return { client, media };
};
const expiry = ({ iceServers }: Json): number => Number(iceServers[0].username.split(':')[0]) * 1000 - Date.now();

test.each(['evil.example:3478', 'turn.example:443', 'turns:turn.example:3478', 'turn.example.evil.example'])(
  '[2.1] nobody gets credentials for a relay that is not the platform’s: %s',
  async (relayServer) => {
    const { client, media } = await enter({ relayServer, relay: 'relay' });
    expect(client.hello.unsupported).toEqual(['relayServer']);
    expect(media).toMatchObject({ iceServers: [], iceTransportPolicy: 'all' });
    expect(await client.call('media.restartIce', { transportId: media.send.id })).not.toHaveProperty('iceServers');
  },
);

test('[2.1] credentials for a relay of the platform expire within minutes and are renewed while in use', async () => {
  const { client, media } = await enter({ relayServer: own });
  expect(expiry(media)).toBeLessThanOrEqual(600_000);
  expect(media.renewIceIn).toBeLessThan(expiry(media));
  const renewed = await client.call('media.restartIce', { transportId: media.send.id });
  expect(expiry(renewed)).toBeGreaterThan(media.renewIceIn);
  expect(renewed.renewIceIn).toBe(media.renewIceIn);
});

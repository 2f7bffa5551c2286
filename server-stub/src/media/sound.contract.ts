import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { hasRelay, startRelay } from '../../../tests/media/relay.ts';
import { freePort } from '../testing/freePort.ts';
import { startTestServer, type TestServer } from '../testing/harness.ts';
import { joinWithMedia, type MediaClient, offers, pathOf, receive, Source } from '../testing/mediaClient.ts';

const secret = 'what the relay and the platform share';
let server: TestServer;
let relayPort: number;
const clients: MediaClient[] = [];
const sources: Source[] = [];
beforeAll(async () => {
  relayPort = await freePort();
  server = await startTestServer({ TURN_SECRET: secret, TURN_SERVERS: `127.0.0.1:${relayPort}` });
});
afterEach(async () => {
  for (const source of sources.splice(0)) source.stop();
  for (const one of clients.splice(0)) await one.close();
});
afterAll(() => server.close());

/** Two participants, of whom one hears the other. */
const pair = async (hello: object = {}) => {
  const [one, two] = [await joinWithMedia(server, 'One', hello), await joinWithMedia(server, 'Two', hello)];
  clients.push(one, two);
  const source = new Source('audio');
  sources.push(source);
  await source.start(one);
  const heard = await receive(two, await offers(two.client));
  await expect.poll(() => heard.packets).toBeGreaterThan(10);
  return { one, two, heard, source };
};

test('[3.8] real packets: audio arrives, and none while muted, whatever the client sends', async () => {
  const { one, heard, source } = await pair();
  await one.client.call('meeting.updateMute', { isMute: true });
  // Packets that were under way when the answer came; then none of the next 25.
  await source.sends(5);
  const before = heard.packets;
  await source.sends(25);
  expect(heard.packets).toBe(before);
  await one.client.call('meeting.updateMute', { isMute: false });
  await expect.poll(() => heard.packets).toBeGreaterThan(before + 10);
});

test('[2.1] over UDP unless something else is said', async () => {
  const { one } = await pair();
  expect(one.media.send.iceCandidates.map((each: { protocol: string }) => each.protocol).sort()).toEqual([
    'tcp',
    'udp',
  ]);
  expect(await pathOf(one.send)).toMatchObject({ protocol: 'udp' });
});

test('[2.1] with transport tcp audio arrives, and the server offers nothing but TCP', async () => {
  const { one, two } = await pair({ transport: 'tcp' });
  for (const { iceCandidates } of [one.media.send, two.media.receive])
    expect(iceCandidates).toEqual([expect.objectContaining({ protocol: 'tcp', tcpType: 'passive' })]);
  expect(await pathOf(one.send)).toMatchObject({ protocol: 'tcp' });
  expect(await pathOf(two.receive)).toMatchObject({ protocol: 'tcp' });
});

test.skipIf(!hasRelay).for([{}, { transport: 'tcp' }])(
  '[2.1] through a relay that takes the credentials of this server: %o',
  async (how) => {
    const relay = await startRelay(secret, relayPort);
    try {
      const { one, two } = await pair({ relayServer: relay.address, ...how });
      expect(one.media.iceTransportPolicy).toBe('relay');
      expect(await pathOf(one.send)).toMatchObject({ type: 'relay' });
      expect(await pathOf(two.receive)).toMatchObject({ type: 'relay' });
    } finally {
      await relay.stop();
    }
  },
);

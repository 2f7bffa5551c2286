import { protocol } from '@meetframe/contract/version';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestClient, type TestServer, vp8 } from '../testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** A participant in the demo room whose browser supports only the codecs with these names. */
const join = async (username: string, ...names: string[]): Promise<TestClient & { id: number }> => {
  const client = await server.client({ protocol });
  const { codecs, headerExtensions } = client.hello.rtpCapabilities;
  const known = codecs.filter(({ mimeType }: Json) => names.some((name) => mimeType.endsWith(`/${name}`)));
  const entered = await client.call('meeting.enter', {
    roomId: 1012,
    username,
    rtpCapabilities: { codecs: known, headerExtensions },
  });
  return Object.assign(client, { id: entered.client.id });
};
const vp9 = (mid: string): Json => ({
  ...vp8(mid),
  codecs: [{ ...vp8(mid).codecs[0], mimeType: 'video/VP9', parameters: { 'profile-id': 0 } }],
  encodings: [{ ssrc: 4711, scalabilityMode: 'L3T3_KEY' }],
});
const look = (client: TestClient, clientId: number) =>
  client.call('media.setReceive', { tiles: [{ clientId, source: 'camera', maxSide: 640 }] });

test('the router offers VP8 first, then VP9, H.264 and AV1', async () => {
  const { hello } = await server.client();
  const names = hello.rtpCapabilities.codecs
    .map(({ mimeType }: Json) => mimeType)
    .filter((mimeType: string) => mimeType.startsWith('video/') && mimeType !== 'video/rtx');
  expect(names).toEqual(['video/VP8', 'video/VP9', 'video/H264', 'video/AV1']);
});

test('[3.1] a sender whose codec a receiver lacks is asked once for another one, which all receive', async () => {
  const sender = await join('Sender', 'opus', 'VP8', 'VP9');
  const modern = await join('Modern', 'opus', 'VP8', 'VP9');
  const old = await join('Old', 'opus', 'VP8');
  const older = await join('Older', 'opus', 'VP8');
  await sender.call('media.produce', { source: 'camera', kind: 'video', rtpParameters: vp9('1') });
  await look(modern, sender.id);
  const seen = await modern.event('media.consumers');
  expect(seen.consumers[0].rtpParameters.codecs[0].mimeType).toBe('video/VP9');
  expect(sender.events.filter(({ method }) => method === 'codecUnsupported')).toEqual([]);

  await look(old, sender.id);
  expect(await sender.event('media.codecUnsupported')).toMatchObject({ source: 'camera' });
  await look(older, sender.id);
  await sender.call('media.produce', { source: 'camera', kind: 'video', rtpParameters: vp8('2') });
  for (const viewer of [modern, old, older])
    await viewer.event('media.consumers', ({ consumers }) =>
      consumers.some(({ rtpParameters }: Json) => rtpParameters.codecs[0].mimeType === 'video/VP8'),
    );
  expect(sender.events.filter(({ method }) => method === 'codecUnsupported')).toHaveLength(1);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Json, startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';
import { joinWithMedia, offers, receive, Source } from '../testing/mediaClient.ts';

let server: TestServer;
const source = new Source('video');
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  source.stop();
  await server.close();
});

/** The media server judges a path over many seconds, so that one bad second is not reported. */
const within = 40_000;
const quality = (client: TestClient, direction: string, poor: boolean): Promise<Json> =>
  client.event('media.quality', (event) => event.direction === direction && event.poor === poor, within);

test('[3.25] a path that loses packets is reported to both ends, and also when it is good again', {
  timeout: 120_000,
}, async () => {
  const one = await joinWithMedia(server, 'One');
  const two = await joinWithMedia(server, 'Two');
  await source.start(one);
  await two.client.call('media.setReceive', { tiles: [{ clientId: one.self.id, source: 'camera', maxSide: 300 }] });
  const seen = await receive(two, await offers(two.client, 'camera'));
  await expect.poll(() => seen.packets, { timeout: 20_000 }).toBeGreaterThan(10);
  source.loseEvery = 2;
  await quality(one.client, 'upload', true);
  await quality(two.client, 'download', true);
  source.loseEvery = 0;
  await quality(one.client, 'upload', false);
  await quality(two.client, 'download', false);
});

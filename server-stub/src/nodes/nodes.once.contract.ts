import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/harness.ts';
import { callerOn, codeOf, ways } from '../testing/ways.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => await server.close());

test.each(ways)('[2.30] over %s getMediaState counts people and meetings of one’s own company', async (way) => {
  const [alice, root, app] = await Promise.all([
    callerOn(server, way, { account: 'alice' }),
    callerOn(server, way, { account: 'root' }),
    callerOn(server, way, { signed: true }),
  ]);
  const guest = await server.client();
  await guest.call('meeting.enter', { roomId: 1012, username: 'Guest' });
  expect((await alice('media.getMediaState')).object).toEqual([
    { mediaAddress: '127.0.0.1', mediaId: 1, mediaName: 'media-1', participants: 1, roomSize: '1', status: 0 },
  ]);
  expect((await root('media.getMediaState')).object[0].participants).toBe(1);
  expect(codeOf(await app('media.getMediaState'))).toBe('UNAUTHENTICATED');
  await guest.call('meeting.exit');
});

import { protocol } from '@meetframe/contract/version';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../server-stub/src/testing/database.ts';
import { TestClient } from '../../server-stub/src/testing/harness.ts';
import { ServerProcess } from '../../server-stub/src/testing/process.ts';

let database: FreshDatabase;
let server: ServerProcess;
let origin: string;
beforeAll(async () => {
  database = await freshDatabase();
  server = new ServerProcess({ PORT: '0', MEDIA_PORT: '0', MEDIA_WORKERS: '2' }, database);
  origin = await server.origin;
});
afterAll(async () => {
  await server.end();
  await database.close();
});

const enter = async (roomId: number, username: string): Promise<TestClient> => {
  const client = await TestClient.open(origin);
  client.hello = await client.call('session.hello', { protocol });
  await client.call('meeting.enter', { roomId, username, rtpCapabilities: client.hello.rtpCapabilities });
  return client;
};
const media = async (): Promise<string> =>
  ((await (await fetch(`${origin}/healthz`)).json()) as { media: string }).media;

test('a worker that is frozen, not dead, is killed, and its participants begin anew on another', async () => {
  const alone = await enter(1012, 'Alone');
  expect(await media()).toBe('2 of 2 workers answer');
  for (const worker of server.workers()) process.kill(worker, 'SIGSTOP');
  await expect.poll(media).toBe('0 of 2 workers answer');
  await alone.event('media.reset', () => true, 15_000);
  const { send } = await alone.call('media.open', { rtpCapabilities: alone.hello.rtpCapabilities });
  expect(send.id).toBeTruthy();
  await expect.poll(media).toBe('2 of 2 workers answer');
  await alone.leave();
});

test('any number of deaths heals while one person sits alone', async () => {
  const alone = await enter(1012, 'Alone');
  for (let deaths = 1; deaths <= 7; deaths++) {
    for (const worker of server.workers()) process.kill(worker, 'SIGKILL');
    await expect.poll(() => alone.events.filter(({ method }) => method === 'reset').length).toBe(deaths);
    await alone.call('media.open', { rtpCapabilities: alone.hello.rtpCapabilities });
  }
  const other = await enter(1012, 'Other');
  expect((await other.call('meeting.snapshot')).members).toHaveLength(1);
  alone.kill();
  other.kill();
});

test.each([
  ['scalabilityMode', { encodings: [{ ssrc: 1, scalabilityMode: 'L99T99' }] }],
  [
    'an RTX that names itself',
    { codecs: [{ mimeType: 'video/rtx', payloadType: 97, clockRate: 90000, parameters: { apt: 97 } }] },
  ],
])('%s is refused in words of the platform', async (_, wrong) => {
  const client = await enter(1012, 'Producer');
  const codecs = [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90000 }];
  const { error } = await client.ask('media.produce', {
    source: 'camera',
    kind: 'video',
    rtpParameters: { codecs, encodings: [{ ssrc: 1 }], ...wrong },
  });
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
  expect(error.message).not.toMatch(/undefined|Cannot read|TypeError|apt/);
  client.kill();
});

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Json, opus, startTestServer, type TestServer, vp8 } from '../testing/harness.ts';

let server: TestServer;
let roomId: number;
beforeAll(async () => {
  server = await startTestServer({ GRACE_MS: '1000' });
});
afterEach(() => server.dismiss());
afterAll(() => server.close());

const enter = async (hello: Json, username: string) => {
  const client = await server.client(hello);
  const { rtpCapabilities } = client.hello;
  const entered = await client.call('meeting.enter', { roomId, username, rtpCapabilities });
  return { client, id: entered.client.id as number, entered };
};
/** The moderator and two guests. */
const people = async () => {
  const SID = await server.login('alice');
  const boss = await server.client({ SID });
  ({ roomId } = await boss.call('room.newTempRoom', { name: 'Share', numberLimit: 10, isPublic: true }));
  return { boss: await enter({ SID }, 'Boss'), one: await enter({}, 'One'), two: await enter({}, 'Two') };
};
type Someone = Awaited<ReturnType<typeof enter>>;
const screen = (more: Json = {}) => ({ source: 'screen', kind: 'video', rtpParameters: vp8('s'), ...more });
/** What another participant is told of somebody's screen: its id, or `null` once it has ended. */
const told = ({ client }: Someone, { id }: Someone, fits: (shareScreenId: number | null) => boolean) =>
  client.event('meeting.roster', ({ changed }) =>
    changed.some((each: Json) => each.client.id === id && each.screen !== undefined && fits(each.screen)),
  );

test('[3.18] [3.19] one screen at a time, with an id that everybody gets, those who enter later too', async () => {
  const { boss, one, two } = await people();
  await one.client.call('media.produce', screen({ shareScreenId: 4711 }));
  await told(two, one, (id) => id === 4711);
  expect(await two.client.code('media.produce', screen())).toBe('SHARE_IN_USE');
  expect(await boss.client.code('media.produce', screen())).toBe('SHARE_IN_USE');
  const late = await enter({}, 'Late');
  expect(late.entered.more).toContainEqual(expect.objectContaining({ id: one.id, screen: 4711 }));
  await one.client.call('media.close', { source: 'screen' });
  await told(two, one, (id) => id === null);
  // Without an id the server makes one.
  await two.client.call('media.produce', screen());
  await told(one, two, (id) => Number.isInteger(id));
  expect(await one.client.code('media.produce', screen({ shareScreenId: 'x' }))).toBe('INVALID_ARGUMENT');
});

test('[3.18] the moderator, and nobody else, takes over; the sharer is told, and sends no sound any more', async () => {
  const { boss, one, two } = await people();
  await one.client.call('media.produce', screen());
  await one.client.call('media.produce', { source: 'screenAudio', kind: 'audio', rtpParameters: opus(3333) });
  expect(await two.client.code('media.produce', screen({ takeOver: true }))).toBe('FORBIDDEN');
  await boss.client.call('media.produce', screen({ takeOver: true, shareScreenId: 9 }));
  expect((await one.client.event('meeting.shareTaken')).client).toMatchObject({ id: boss.id, name: 'Boss' });
  await told(two, boss, (id) => id === 9);
  await told(two, one, (id) => id === null);
  const paused = { source: 'screenAudio', paused: true };
  expect(await one.client.code('media.setPaused', paused)).toBe('NOT_FOUND');
  expect(two.client.events.some(({ method }) => method === 'shareTaken')).toBe(false);
  expect(await one.client.code('media.produce', screen())).toBe('SHARE_IN_USE');
});

test('[3.18] a share ends with the seat: on leaving, on removal, and when the connection does not come back', async () => {
  const { boss, one, two } = await people();
  await one.client.call('media.produce', screen());
  await one.client.call('meeting.exit');
  await two.client.call('media.produce', screen());
  await boss.client.call('meeting.kickOut', { userId: two.id });
  const three = await enter({}, 'Three');
  await three.client.call('media.produce', screen());
  three.client.kill();
  await boss.client.event('meeting.roster', ({ left }) => left.includes(three.id));
  await boss.client.call('media.produce', screen());
});

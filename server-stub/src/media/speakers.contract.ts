import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { joinWithMedia, type MediaClient, Source } from '../testing/mediaClient.ts';
import { audiblePlaces } from './audible.ts';

let server: TestServer;
/** A room of its own for each test. */
let roomId: number;
const sources: Source[] = [];
const clients: MediaClient[] = [];
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  roomId = await server.room({ numberLimit: 20 });
});
afterEach(async () => {
  for (const source of sources.splice(0)) source.stop();
  for (const one of clients.splice(0)) await one.close();
});
afterAll(() => server.close());

const join = async (name: string): Promise<MediaClient> => {
  const one = await joinWithMedia(server, name, { roomId });
  clients.push(one);
  return one;
};
const talker = async (name: string, level: number) => {
  const one = await join(name);
  const source = new Source('audio');
  source.level = level;
  sources.push(source);
  await source.start(one);
  return { ...one, source, id: one.self.id as number };
};

test('[3.48] active speakers are sent loudest first, with the dominant speaker, and silence again', async () => {
  const listener = await join('Listener');
  const loud = await talker('Loud', -10);
  const soft = await talker('Soft', -40);
  const both = await listener.client.event('meeting.speakers', (event) => event.speakers.length === 2, 10_000);
  expect(both.speakers.map((one: Json) => one.clientId)).toEqual([loud.id, soft.id]);
  expect(both.speakers[0].volume).toBeGreaterThan(both.speakers[1].volume);
  const dominant = await listener.client.event('meeting.speakers', (event) => event.active !== null, 10_000);
  expect([loud.id, soft.id]).toContain(dominant.active);
  await loud.client.call('meeting.updateMute', { isMute: true });
  const { events } = listener.client;
  const isAfter = (event: Json, other: Json) => events.indexOf(event) > events.indexOf(other);
  await listener.client.event(
    'meeting.speakers',
    (event) => isAfter(event, both) && event.speakers.length === 1 && event.speakers[0].clientId === soft.id,
    10_000,
  );
  soft.source.level = -127;
  const silence = await listener.client.event(
    'meeting.speakers',
    (event) => isAfter(event, both) && event.speakers.length === 0 && event.active === null,
    10_000,
  );
  // The same participant becomes the dominant speaker again, with no other in between.
  soft.source.level = -20;
  await listener.client.event(
    'meeting.speakers',
    (event) => isAfter(event, silence) && event.active === soft.id,
    10_000,
  );
});

test('of more than eight microphones all participants receive the loudest eight, and a new loud one at once', async () => {
  const listener = await join('Listener');
  const talkers = [];
  for (let index = 0; index < audiblePlaces + 2; index++) talkers.push(await talker(`T${index}`, -59 + 6 * index));
  const softest = talkers[0] as (typeof talkers)[number];
  /** Client ids whose microphones the listener receives now, by the events that it got. */
  const received = (): number[] => {
    const held = new Map<string, number>();
    for (const event of listener.client.events) {
      if (event.method === 'consumers') for (const one of event.consumers) held.set(one.id, one.clientId);
      if (event.method === 'consumersClosed') for (const id of event.consumerIds) held.delete(id);
    }
    return [...held.values()].sort((a, b) => a - b);
  };
  const loudest = talkers.slice(2).map(({ id }) => id);
  await expect.poll(received, { timeout: 20_000 }).toEqual([...loudest].sort((a, b) => a - b));
  softest.source.level = 0;
  await expect.poll(() => received().includes(softest.id)).toBe(true);
  expect(received()).toHaveLength(audiblePlaces);
});

import type { Socket } from 'node:net';
import { protocol } from '@meetframe/contract/version';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Json, opus, startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';

let server: TestServer;
/** The input for entering the room of the test. */
let enter: { roomId: number; username: string };
beforeAll(async () => {
  server = await startTestServer({ GRACE_MS: '1500' });
});
beforeEach(async () => {
  enter = { roomId: await server.room(), username: 'Ann' };
});
afterEach(() => server.dismiss());
afterAll(() => server.close());

const withMedia = (client: TestClient) => ({ ...enter, rtpCapabilities: client.hello.rtpCapabilities });
const back = (client: TestClient, lastSeq = 0): Promise<TestClient> =>
  server.client({ resume: { token: client.hello.resumeToken, lastSeq } });
const everybody = ({ client, members }: Json): Json[] => [client, ...members];
const people = async (witness: TestClient): Promise<string[]> =>
  everybody(await witness.call('meeting.snapshot'))
    .map(({ name }) => name)
    .sort();
const witness = async (): Promise<TestClient> => {
  const client = await server.client();
  await client.call('meeting.enter', { ...enter, username: 'Witness' });
  return client;
};

describe('the connection drops', () => {
  test('[3.1] during meeting.enter: the request sent again after the resume finds the one seat', async () => {
    const other = await witness();
    const client = await server.client();
    void client.ask('meeting.enter', withMedia(client), 'entering');
    client.kill();
    const again = await back(client);
    expect(again.hello.resumed).toBe(true);
    const entered = await again.ask('meeting.enter', withMedia(again), 'entering');
    expect(entered).toMatchObject({ client: { name: 'Ann' }, media: { peerId: expect.any(String) } });
    expect(await people(other)).toEqual(['Ann', 'Witness']);
    expect((await again.call('meeting.snapshot')).client.id).toBe(entered.client.id);
  });

  test('[3.1] during meeting.enter and does not come back: no seat stays taken', async () => {
    const other = await witness();
    const client = await server.client();
    void client.ask('meeting.enter', withMedia(client));
    client.kill();
    await expect.poll(() => server.metric('meetframe_sessions')).toBe(1);
    expect(await people(other)).toEqual(['Witness']);
    // The seat is given to clients that are there. It was taken before, or not at all.
    const rosters = other.events.filter(({ method }) => method === 'roster');
    const joined = rosters.flatMap((event) => event.joined as Json[]).filter(({ client }) => client.name === 'Ann');
    expect(rosters.flatMap((event) => event.left)).toEqual(joined.map(({ client }) => client.id));
  });

  test('[3.1] by a page that closes during meeting.enter: no seat stays taken', async () => {
    const other = await witness();
    const closing = Array.from({ length: 5 }, async () => {
      const client = await server.client();
      void client.ask('meeting.enter', withMedia(client));
      client.ws.close(1001);
      await client.closed;
    });
    await Promise.all(closing);
    // A participant that entered before the close has left again; an entry under way must not take a seat any more.
    await expect.poll(() => people(other)).toEqual(['Witness']);
    const after = await server.client();
    await after.call('meeting.enter', withMedia(after));
    expect(await people(other)).toEqual(['Ann', 'Witness']);
  });

  test('[3.2] a device that leaves while it enters gets no seat', async () => {
    const other = await witness();
    const client = await server.client();
    const entering = client.ask('meeting.enter', withMedia(client));
    await client.call('meeting.exit');
    expect(await entering).toMatchObject({ error: { code: 'CONFLICT' } });
    expect(await people(other)).toEqual(['Witness']);
    await client.call('meeting.enter', withMedia(client));
    expect(await people(other)).toEqual(['Ann', 'Witness']);
  });

  test('[3.4] during media.produce: the request sent again finds the one producer', async () => {
    const other = await witness();
    await other.call('media.open', { rtpCapabilities: other.hello.rtpCapabilities });
    const client = await server.client();
    await client.call('meeting.enter', withMedia(client));
    const produce = { source: 'mic', kind: 'audio', rtpParameters: opus(1111) };
    void client.ask('media.produce', produce, 'producing');
    client.kill();
    const again = await back(client);
    const { producerId } = await again.ask('media.produce', produce, 'producing');
    expect(producerId).toEqual(expect.any(String));
    const offered = await other.event('media.consumers');
    expect(offered.consumers).toMatchObject([{ producerId }]);
    await other.call('session.ping');
    expect(other.events.filter(({ method }) => method === 'consumersClosed')).toEqual([]);
  });
});

test('a request whose answer was too large to be kept is not carried out again, one that only reads is', async () => {
  const writers = await Promise.all(Array.from({ length: 6 }, () => witness()));
  const [other] = writers as [TestClient];
  const lines = Array.from({ length: 10 }, () => ({ content: '会'.repeat(5000) }));
  await Promise.all(writers.flatMap((one) => lines.map((line) => one.call('meeting.chat', line))));
  const client = await server.client();
  const entered = await client.ask('meeting.enter', enter, 'entering');
  client.kill();
  const again = await back(client, client.hello.seq);
  expect(await again.ask('meeting.enter', enter, 'entering')).toMatchObject({ error: { code: 'CONFLICT' } });
  expect((await again.ask('meeting.snapshot', {}, 'reading')).client.id).toBe(entered.client.id);
  await again.call('meeting.chat', { content: 'one more' });
  expect((await again.ask('meeting.snapshot', {}, 'reading')).chat.at(-1).content).toBe('one more');
  expect((await people(other)).filter((name) => name === 'Ann')).toHaveLength(1);
});

test('media opened twice at once, on entering and on restoring the connection: both answers name the same valid transports', async () => {
  const other = await server.client();
  await other.call('meeting.enter', { ...withMedia(other), username: 'Other' });
  const produce = { source: 'mic', kind: 'audio', rtpParameters: opus(1111) };
  await other.call('media.produce', produce);
  const client = await server.client();
  const entered = await client.call('meeting.enter', withMedia(client));
  const offered = await client.event('media.consumers');
  const again = await client.call('media.open', { rtpCapabilities: client.hello.rtpCapabilities });
  expect(again).toMatchObject({ peerId: entered.media.peerId, send: { id: entered.media.send.id } });
  // A client that uses the second answer has dropped the first offer; one that uses the first must ignore the second.
  const ids = offered.consumers.map(({ id }: Json) => id);
  await client.event('media.consumersClosed', ({ consumerIds }) => consumerIds.join() === ids.join());
  await client.event('media.consumers', ({ consumers }) => !ids.includes(consumers[0].id));
  await client.call('media.produce', { ...produce, rtpParameters: opus(2222) });
  const anew = await client.call('media.open', { rtpCapabilities: client.hello.rtpCapabilities });
  expect(anew.peerId).not.toBe(again.peerId);
  expect(await client.code('media.restartIce', { transportId: again.send.id })).toBe('NOT_FOUND');
});

test('two resumes with one token at once: one of them has the session, the other socket closes with 4409', async () => {
  const first = await server.client();
  await first.call('meeting.enter', withMedia(first));
  first.kill();
  const resume = { token: first.hello.resumeToken, lastSeq: 0 };
  const both = await Promise.all([server.connect(), server.connect()]);
  const answers = await Promise.all(both.map((client) => client.ask('session.hello', { protocol, resume })));
  expect(answers.map(({ resumed }) => resumed)).toEqual([true, true]);
  const [loser] = await Promise.race(both.map(async (client) => [client, await client.closed] as const));
  expect(await loser.closed).toBe(4409);
  const winner = both.find((client) => client !== loser) as TestClient;
  expect(await people(winner)).toEqual(['Ann']);
  await winner.call('meeting.chat', { content: 'once' });
  await winner.event('meeting.onChat', ({ content }) => content === 'once');
  expect(loser.events.some(({ content }) => content === 'once')).toBe(false);
});

describe('sockets that misbehave', () => {
  /** Sends several messages at once, before the server can answer the first. */
  const inOnePiece = <T>(client: TestClient, send: () => T): T => {
    const { _socket: wire } = client.ws as never as { _socket: Socket };
    wire.cork();
    try {
      return send();
    } finally {
      wire.uncork();
    }
  };

  test('more messages than any widget sends close the socket with 4429', async () => {
    const client = await server.client();
    for (let id = 0; id < 1100; id++) client.ws.send(JSON.stringify({ id, module: 'session', method: 'ping' }));
    expect(await client.closed).toBe(4429);
  });

  test('more requests under way than allowed are refused, and the others answered', async () => {
    const client = await server.client();
    const codes = await inOnePiece(client, () =>
      Promise.all(Array.from({ length: 250 }, () => client.code('room.getRoomById', { roomId: enter.roomId }))),
    );
    expect(codes.filter((code) => code === 'THROTTLED')).toHaveLength(50);
    expect(codes.filter((code) => code === undefined)).toHaveLength(200);
  });

  test('too many requests before the answer to hello close the socket with 4400', async () => {
    const client = await server.connect();
    inOnePiece(client, () => {
      void client.ask('session.hello', { protocol });
      for (let id = 0; id < 300; id++)
        client.ws.send(JSON.stringify({ id: `x${id}`, module: 'session', method: 'ping' }));
    });
    expect(await client.closed).toBe(4400);
  });

  test('a client that does not close its side of a refused socket is cut off', async () => {
    const client = await server.connect();
    // A client that no longer reads does not answer the close either.
    client.ws.pause();
    client.ws.send('not json');
    await expect.poll(() => server.metric('meetframe_sockets')).toBe(0);
    client.kill();
  });
});

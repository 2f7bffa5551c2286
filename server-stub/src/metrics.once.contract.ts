import { afterAll, beforeAll, expect, test } from 'vitest';
import { opus, startTestServer, type TestServer, vp8 } from './testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const read = ({ origin }: TestServer, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${origin}/metrics`, { headers });

test('without a token only this machine may read the metrics, and not through a proxy', async () => {
  expect((await read(server)).status).toBe(200);
  for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
    expect((await read(server, { [header]: '203.0.113.7' })).status, header).toBe(403);
});

test('with a token only requests that carry it may, from any machine', async ({ onTestFinished }) => {
  const guarded = await startTestServer({ METRICS_TOKEN: 'a token of 16 bytes or more' });
  onTestFinished(guarded.close);
  for (const authorization of ['', 'Bearer ', 'Bearer wrong', 'a token of 16 bytes or more'])
    expect((await read(guarded, { authorization })).status, authorization).toBe(401);
  const headers = { authorization: 'Bearer a token of 16 bytes or more', 'x-forwarded-for': '203.0.113.7' };
  const answer = await read(guarded, headers);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('meetframe_meetings 0');
});

test('the lag of the event loop is by how much timers are late', async () => {
  const lags = async () => {
    const text = await (await read(server)).text();
    return (which: string) => Number(text.match(new RegExp(`^nodejs_eventloop_lag_${which}_seconds (.*)`, 'm'))?.[1]);
  };
  await lags();
  // What is measured are timers: some must have come before the server, which runs in this process, is held up.
  await new Promise((done) => setTimeout(done, 150));
  const until = performance.now() + 400;
  while (performance.now() < until);
  const lag = await lags();
  expect(lag('max')).toBeGreaterThan(0.2);
  expect(lag('min')).toBeLessThan(0.05);
});

test('calls count by method and outcome, and unknown method names do not add metrics', async () => {
  const client = await server.client();
  await client.call('room.getRoomById', { roomId: 1012 });
  await client.code('room.getRoomById', { roomId: 7 });
  for (const name of ['room.a', 'room.b', 'constructor.x']) await client.code(name);
  expect(await server.metric('meetframe_calls_total{method="room.getRoomById",code="ok"}')).toBe(1);
  expect(await server.metric('meetframe_calls_total{method="room.getRoomById",code="NOT_FOUND"}')).toBe(1);
  expect(await server.metric('meetframe_calls_total{method="unknown",code="UNSUPPORTED"}')).toBe(3);
});

test('media is counted as long as it exists', async () => {
  const enter = async (username: string) => {
    const client = await server.client();
    const { rtpCapabilities } = client.hello;
    const { client: self } = await client.call('meeting.enter', { roomId: 1012, username, rtpCapabilities });
    return { client, id: self.id as number };
  };
  const one = await enter('One');
  const two = await enter('Two');
  await one.client.call('media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(1111) });
  await one.client.call('media.produce', { source: 'camera', kind: 'video', rtpParameters: vp8('v') });
  await two.client.call('media.setReceive', { tiles: [{ clientId: one.id, source: 'camera', maxSide: 300 }] });
  await two.client.event('media.consumers', ({ consumers }) => consumers[0].source === 'camera');
  expect(await server.metric('meetframe_participants')).toBe(2);
  expect(await server.metric('meetframe_transports')).toBe(4);
  for (const kind of ['audio', 'video']) {
    expect(await server.metric(`meetframe_producers{kind="${kind}"}`)).toBe(1);
    expect(await server.metric(`meetframe_consumers{kind="${kind}"}`)).toBe(1);
  }
  expect(await server.metric('meetframe_media_bits_per_second{direction="sent"}')).toBe(0);
  expect(await server.metric('meetframe_worker_cpu_seconds_total{worker="0"}')).toBeGreaterThan(0);
  expect(await server.metric('meetframe_worker_packets_per_second{worker="0"}')).toBeGreaterThanOrEqual(0);
  expect(await server.metric('meetframe_piped_producers')).toBe(0);
  expect(await server.metric('meetframe_worker_memory_bytes{worker="0"}')).toBeGreaterThan(1e6);
  await one.client.call('meeting.exit');
  await two.client.call('meeting.exit');
  for (const figure of ['participants', 'transports', 'producers{kind="video"}', 'consumers{kind="audio"}'])
    expect(await server.metric(`meetframe_${figure}`), figure).toBe(0);
});

test('nothing stays on the server of somebody who enters and leaves a hundred times', async () => {
  const enter = async (client: Awaited<ReturnType<TestServer['client']>>, username: string): Promise<number> => {
    const { rtpCapabilities } = client.hello;
    const { client: self } = await client.call('meeting.enter', { roomId: 1012, username, rtpCapabilities });
    return self.id;
  };
  const publish = async (client: Awaited<ReturnType<TestServer['client']>>, turn: number): Promise<void> => {
    await client.call('media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(5000 + turn) });
    await client.call('media.produce', { source: 'camera', kind: 'video', rtpParameters: vp8('v') });
  };
  const stays = await server.client();
  const id = await enter(stays, 'Stays');
  await publish(stays, 0);
  // What one network may change in a meeting grows with its participants.
  for (const name of ['Three', 'Four', 'Five']) await enter(await server.client(), name);
  const kept = async () => {
    const text = await (await read(server)).text();
    const counted = /^meetframe_(meetings|participants|transports|producers|consumers|piped_producers|devices)/;
    return {
      counts: text.split('\n').filter((line) => counted.test(line)),
      timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    };
  };
  let comes = await server.client();
  const turnOnce = async (turn: number): Promise<void> => {
    // One device may enter so often only.
    if (turn % 10 === 0) {
      await comes.leave();
      comes = await server.client();
    }
    const own = await enter(comes, 'Comes');
    await publish(comes, turn);
    await comes.call('media.setReceive', { tiles: [{ clientId: id, source: 'camera', maxSide: 300 }] });
    await stays.call('media.setReceive', { tiles: [{ clientId: own, source: 'camera', maxSide: 300 }] });
    await comes.call('meeting.exit');
  };
  // What is made once, and kept, is there after the first turns.
  for (let turn = 1; turn <= 5; turn++) await turnOnce(turn);
  const before = await kept();
  for (let turn = 6; turn <= 105; turn++) await turnOnce(turn);
  await expect.poll(async () => (await kept()).counts).toEqual(before.counts);
  expect((await kept()).timers).toBeLessThanOrEqual(before.timers + 3);
  await stays.call('meeting.exit');
});

test('resumes count by how they ended', async () => {
  const first = await server.client();
  first.kill();
  const token = first.hello.resumeToken;
  await server.client({ resume: { token, lastSeq: 0 } });
  await server.client({ resume: { token, lastSeq: 99 } });
  await server.client({ resume: { token: 'made up', lastSeq: 0 } });
  for (const outcome of ['events', 'snapshot', 'lost'])
    expect(await server.metric(`meetframe_resumes_total{outcome="${outcome}"}`), outcome).toBe(1);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeConsumer, fakeSession, fakeTrack } from './testing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const sending = async () => {
  const all = await fakeSession();
  await all.session.send('camera', fakeTrack('video'));
  all.turn('send', 'connected');
  return all;
};

test('a short interruption needs no ICE restart', async () => {
  const { server, turn } = await sending();
  turn('send', 'disconnected');
  await vi.advanceTimersByTimeAsync(1_900);
  turn('send', 'connected');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.named('media.restartIce')).toEqual([]);
});

test('a transport that stays disconnected gets an ICE restart, and the other one gets none', async () => {
  const { server, turn, transports } = await sending();
  turn('send', 'disconnected');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(server.named('media.restartIce')).toEqual([{ transportId: transports()[0].id }]);
  turn('send', 'connected');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.named('media.open')).toEqual([]);
});

test('a failed transport gets an ICE restart at once', async () => {
  const { server, turn } = await sending();
  turn('send', 'failed');
  await vi.advanceTimersByTimeAsync(0);
  expect(server.named('media.restartIce')).toHaveLength(1);
});

test('after two ICE restarts without success both transports are replaced, and all sources are published again', async () => {
  const { server, turn, log } = await sending();
  turn('send', 'disconnected');
  await vi.advanceTimersByTimeAsync(2_000 + 6_000 + 6_000 + 10);
  expect(server.named('media.restartIce')).toHaveLength(2);
  expect(server.named('media.open')).toHaveLength(1);
  expect(server.named('media.produce')).toHaveLength(2);
  expect(log).toEqual(['renewed', 'renewed']);
});

test('a transport that the server does not know is replaced without further ICE restarts', async () => {
  const { server, turn } = await sending();
  server.refuse('media.restartIce', 'NOT_FOUND');
  turn('send', 'failed');
  await vi.advanceTimersByTimeAsync(10);
  expect(server.named('media.restartIce')).toHaveLength(1);
  expect(server.named('media.open')).toHaveLength(1);
});

test('ICE restarts that fail without signalling are tried again', async () => {
  const { server, turn } = await sending();
  server.refuse('media.restartIce', 'DISCONNECTED');
  turn('send', 'failed');
  await vi.advanceTimersByTimeAsync(10);
  server.allow('media.restartIce');
  await vi.advanceTimersByTimeAsync(6_000);
  expect(server.named('media.restartIce')).toHaveLength(2);
  expect(server.named('media.open')).toEqual([]);
});

test('[2.1] credentials of a relay are renewed before they expire, again and again, on both transports', async () => {
  const { session, server, transports } = await fakeSession();
  const fresh = { urls: ['turn:turn.example:3478'], username: 'fresh', credential: 'x' };
  const iceParameters = server.open().send.iceParameters;
  server.answer('media.restartIce', () => ({ iceParameters, iceServers: [fresh], renewIceIn: 450_000 }));
  await session.attach({ ...server.open(), renewIceIn: 450_000 });
  const update = vi.spyOn(transports()[0], 'updateIceServers');
  await vi.advanceTimersByTimeAsync(449_000);
  expect(server.named('media.restartIce')).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.named('media.restartIce')).toEqual(transports().map(({ id }) => ({ transportId: id })));
  expect(update).toHaveBeenCalledWith({ iceServers: [fresh] });
  await vi.advanceTimersByTimeAsync(450_000);
  expect(server.named('media.restartIce')).toHaveLength(4);
  session.leave();
  await vi.advanceTimersByTimeAsync(900_000);
  expect(server.named('media.restartIce')).toHaveLength(4);
});

test('[2.1] a renewal that the server does not answer is tried again soon', async () => {
  const { session, server } = await fakeSession();
  server.refuse('media.restartIce', 'DISCONNECTED');
  await session.attach({ ...server.open(), renewIceIn: 450_000 });
  await vi.advanceTimersByTimeAsync(460_000);
  expect(server.named('media.restartIce')).toHaveLength(4);
});

test('one connected transport does not hide a disconnected one', async () => {
  const { consume, server, turn, transports } = await sending();
  await consume(fakeConsumer('audio', 2));
  turn('receive', 'connected');
  turn('receive', 'disconnected');
  turn('send', 'disconnected');
  turn('send', 'connected');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(server.named('media.restartIce')).toEqual([{ transportId: transports()[1].id }]);
});

test('it fails after five new pairs of transports in a row, reports it, and starts again when signalling is back', async () => {
  const { session, server, turn, log } = await sending();
  server.refuse('media.restartIce', 'NOT_FOUND');
  for (let pair = 0; pair < 6; pair++) {
    turn('send', 'failed');
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(server.named('media.open')).toHaveLength(5);
  expect(log.at(-1)).toBe('DISCONNECTED');
  session.check();
  await vi.advanceTimersByTimeAsync(10);
  expect(server.named('media.open')).toHaveLength(6);
});

test('a client that gave up has all attempts again when the server says that media begin anew, or a person tries', async () => {
  const { session, server, turn, log } = await sending();
  server.refuse('media.restartIce', 'NOT_FOUND');
  const failures = () => log.filter((one) => one === 'DISCONNECTED').length;
  const lose = async (): Promise<void> => {
    for (let pair = 0; pair < 6; pair++) {
      turn('send', 'failed');
      await vi.advanceTimersByTimeAsync(10_000);
    }
  };
  await lose();
  expect(failures()).toBe(1);
  // `media.reset` of the server and the button do the same.
  void session.restart();
  await vi.advanceTimersByTimeAsync(10);
  expect(server.named('media.open')).toHaveLength(6);
  expect(log.at(-1)).toBe('renewed');
  await lose();
  // One attempt was used by the restart itself.
  expect(server.named('media.open')).toHaveLength(10);
  expect(failures()).toBe(2);
});

test('a failed media.open is tried again until the meeting ends', async () => {
  const { session, server } = await sending();
  server.refuse('media.open', 'TIMEOUT');
  void session.rebuild();
  await vi.advanceTimersByTimeAsync(3_000);
  const tries = server.named('media.open').length;
  expect(tries).toBeGreaterThan(1);
  session.leave();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.named('media.open')).toHaveLength(tries);
});

test('no ICE restart follows after leaving', async () => {
  const { session, server, turn } = await sending();
  turn('send', 'failed');
  session.leave();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.named('media.restartIce')).toEqual([]);
});

test('a request for new transports during their replacement is not lost', async () => {
  const { session, server } = await sending();
  let answer = (_: object): void => {};
  server.answer('media.produce', () => new Promise((resolve) => (answer = resolve)));
  const first = session.rebuild();
  await vi.advanceTimersByTimeAsync(10);
  expect(server.named('media.produce')).toHaveLength(2);
  const second = session.rebuild();
  answer({ producerId: 'useless' });
  await vi.advanceTimersByTimeAsync(1_100);
  expect(server.named('media.open')).toHaveLength(2);
  answer({ producerId: 'good' });
  await Promise.all([first, second]);
  expect(server.named('media.produce')).toHaveLength(3);
});

test('requests before the replacement starts are one', async () => {
  const { session, server } = await sending();
  await Promise.all([session.rebuild(), session.rebuild(), vi.advanceTimersByTimeAsync(10)]);
  expect(server.named('media.open')).toHaveLength(1);
});

test('transports that this browser cannot create are requested again', async () => {
  const { session, server, log } = await sending();
  const useless = { ...server.open(), send: {} };
  server.answer('media.open', () => (server.named('media.open').length === 1 ? useless : server.open()));
  const recovered = session.rebuild();
  await vi.advanceTimersByTimeAsync(1_100);
  await recovered;
  expect(server.named('media.open')).toHaveLength(2);
  expect(log).toEqual(['renewed', 'renewed']);
});

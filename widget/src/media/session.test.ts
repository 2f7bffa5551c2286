import type { FakeHandler, types } from 'mediasoup-client';
import { describe, expect, test, vi } from 'vitest';
import { fakeConsumer, fakeSession, fakeTrack } from './testing.ts';

type Produced = { source: string; rtpParameters: { codecs: { mimeType: string }[]; encodings: object[] } };
const produced = (server: Awaited<ReturnType<typeof fakeSession>>['server']) =>
  (server.named('media.produce') as Produced[]).map(
    ({ source, rtpParameters }) => `${source} ${rtpParameters.codecs[0]?.mimeType} ${rtpParameters.encodings.length}`,
  );

describe('sending', () => {
  test('a camera is sent as VP8 in three simulcast layers, a microphone as Opus', async () => {
    const { session, server } = await fakeSession();
    await Promise.all([session.send('camera', fakeTrack('video')), session.send('mic', fakeTrack('audio'))]);
    expect(produced(server).sort()).toEqual(['camera video/VP8 3', 'mic audio/opus 1']);
  });

  test('[3.40] of limits that come while one is being applied the last one counts', async () => {
    const { session, server, transports } = await fakeSession();
    server.answer('media.produce', () => ({ producerId: 'camera of the server' }));
    const camera = new Promise<types.Producer>((done) => transports()[0].observer.once('newproducer', done));
    await session.send('camera', fakeTrack('video'));
    const producer = await camera;
    const limit = (layer: number) => session.limitLayers('camera of the server', layer);
    await limit(1);
    await Promise.all([limit(-1), limit(1)]);
    expect(producer.maxSpatialLayer).toBe(1);
  });

  test('nothing that is negotiated waits for the answers of the server', async () => {
    const { session, server } = await fakeSession();
    const { promise: connected, resolve: connect } = Promise.withResolvers<object>();
    const { promise: known, resolve: produce } = Promise.withResolvers<object>();
    server.answer('media.connect', () => connected);
    server.answer('media.produce', () => known);
    const sent = Promise.all([session.send('mic', fakeTrack('audio')), session.send('camera', fakeTrack('video'))]);
    await expect.poll(() => produced(server)).toEqual(['mic audio/opus 1', 'camera video/VP8 3']);
    produce({ producerId: 'x' });
    connect({});
    await sent;
  });

  test('transports that the server cannot connect are replaced', async () => {
    const { session, server } = await fakeSession();
    server.refuse('media.connect', 'NOT_FOUND');
    await session.send('mic', fakeTrack('audio'));
    server.allow('media.connect');
    await expect.poll(() => produced(server)).toEqual(['mic audio/opus 1', 'mic audio/opus 1']);
  });

  test('another codec is used where browser and server have it, VP8 where one lacks it', async () => {
    const { session, server } = await fakeSession();
    session.prefer('VP9');
    await session.send('camera', fakeTrack('video'));
    session.prefer('H264');
    await session.send('screen', fakeTrack('video'));
    expect(produced(server)).toEqual(['camera video/VP9 1', 'screen video/VP8 2']);
  });

  test('video with another size or frame rate gets a new producer, with the same it does not, and a microphone never does', async () => {
    const { session, server } = await fakeSession();
    const camera = fakeTrack('video');
    await session.send('camera', camera, { definition: '240p' });
    await session.send('camera', camera, { definition: '240p' });
    await session.send('camera', null, { definition: '720p' });
    expect(produced(server)).toEqual(['camera video/VP8 1']);
    await session.send('camera', camera, { definition: '720p' });
    await session.send('camera', camera, { definition: '720p', maxFrameRate: 10 });
    await session.send('mic', fakeTrack('audio'));
    await session.send('mic', fakeTrack('audio'), { definition: '240p' });
    expect(produced(server)).toEqual([
      'camera video/VP8 1',
      'camera video/VP8 3',
      'camera video/VP8 3',
      'mic audio/opus 1',
    ]);
    const encodings = (server.named('media.produce') as Produced[]).map(({ rtpParameters }) => rtpParameters.encodings);
    expect(encodings[1]?.at(-1)).toMatchObject({ maxBitrate: 1_500_000 });
    expect(encodings[2]?.at(-1)).toMatchObject({ maxFramerate: 10 });
  });

  test('a camera that a participant cannot decode is published again as VP8, once', async () => {
    const { session, server } = await fakeSession();
    session.prefer('VP9');
    await session.send('camera', fakeTrack('video'));
    await Promise.all([session.fallBack('camera'), session.fallBack('camera')]);
    expect(produced(server)).toEqual(['camera video/VP9 1', 'camera video/VP8 3']);
  });

  test('turning a camera off and on pauses and resumes one producer, here and on the server', async () => {
    const { session, server } = await fakeSession();
    await session.send('camera', fakeTrack('video'));
    await session.send('camera', null);
    await session.send('camera', null);
    await session.send('camera', fakeTrack('video'));
    expect(produced(server)).toHaveLength(1);
    expect(server.named('media.setPaused')).toEqual([
      { source: 'camera', paused: true },
      { source: 'camera', paused: false },
    ]);
  });

  test('the pause of a microphone is sent to the server by mute only', async () => {
    const { session, server } = await fakeSession();
    await session.send('mic', fakeTrack('audio'));
    await session.send('mic', null);
    expect(server.named('media.setPaused')).toEqual([]);
  });

  test('a producer that the server refuses rejects, and the next call tries again', async () => {
    const { session, server } = await fakeSession();
    server.refuse('media.produce', 'SHARE_IN_USE');
    await expect(session.send('screen', fakeTrack('video'))).rejects.toMatchObject({ code: 'SHARE_IN_USE' });
    server.allow('media.produce');
    await session.send('screen', fakeTrack('video'));
    expect(produced(server)).toHaveLength(2);
  });

  test('sources that are set before there are transports are published when there are', async () => {
    const { session, server } = await fakeSession();
    session.leave();
    await session.send('camera', fakeTrack('video'));
    expect(produced(server)).toEqual([]);
    await session.attach(server.open());
    expect(produced(server)).toEqual(['camera video/VP8 3']);
  });
});

describe('receiving', () => {
  test('consumers that are announced together are set up together, then acknowledged', async () => {
    const { consume, server, log } = await fakeSession();
    const list = [fakeConsumer('audio', 2), fakeConsumer('video', 2), fakeConsumer('video', 3)];
    await consume(...list);
    expect(log.filter((entry) => entry !== 'renewed')).toHaveLength(3);
    expect(server.named('media.resumeConsumers')).toEqual([{ consumerIds: list.map(({ id }) => id) }]);
  });

  test.each(['after leaving', 'while the old transports are still there'])(
    'consumers that are announced before their transport wait for it, %s',
    async (when) => {
      const { session, server, log, consume } = await fakeSession();
      if (when === 'after leaving') session.leave();
      const next = server.open();
      await session.consume(next.receive.id, [fakeConsumer('video', 2)]);
      const ended = fakeConsumer('video', 3);
      await session.consume(next.receive.id, [ended]);
      session.end(ended.id);
      expect(log).toEqual(['renewed']);
      await session.attach(next);
      await expect.poll(() => log).toEqual(['renewed', 'renewed', ['received', 2, 'camera']]);
      await consume(fakeConsumer('audio', 2));
      expect(log.at(-1)).toEqual(['received', 2, 'mic']);
    },
  );

  test('a consumer that closes while it is being set up is neither reported nor acknowledged', async () => {
    const { session, server, log, consume } = await fakeSession();
    const consumer = fakeConsumer('video', 2);
    const consuming = consume(consumer);
    session.end(consumer.id);
    await consuming;
    expect(log).toEqual(['renewed']);
    expect(server.named('media.resumeConsumers')).toEqual([]);
  });

  test('a consumer that cannot be set up does not stop the others', async () => {
    const { consume, server, log } = await fakeSession();
    const good = fakeConsumer('video', 3);
    await consume({ ...fakeConsumer('video', 2), rtpParameters: { codecs: 'nonsense' } }, good);
    expect(log).toContainEqual(['received', 3, 'camera']);
    expect(server.named('media.resumeConsumers')).toEqual([{ consumerIds: [good.id] }]);
  });

  test('when setting up together fails, each consumer is tried once more, one by one', async () => {
    const { session, server, log, transports, consume } = await fakeSession();
    const receive = vi.spyOn(transports()[1].handler as FakeHandler, 'receive');
    receive.mockRejectedValueOnce(new Error('refused by the test'));
    const [kept, ended] = [fakeConsumer('audio', 2), fakeConsumer('audio', 3)];
    const consuming = consume(kept, ended);
    session.end(ended.id);
    await consuming;
    expect(receive).toHaveBeenCalledTimes(2);
    expect(log).toEqual(['renewed', ['received', 2, 'mic']]);
    expect(server.named('media.resumeConsumers')).toEqual([{ consumerIds: [kept.id] }]);
  });

  test('new transports end the consumers of the old ones', async () => {
    const { session, server, log, consume } = await fakeSession();
    await consume(fakeConsumer('video', 2));
    await session.attach(server.open());
    expect(log).toEqual(['renewed', ['received', 2, 'camera'], 'ended', 'renewed']);
  });
});

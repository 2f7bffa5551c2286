import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import { opus, vp8 } from '../testing/harness.ts';
import { RoomMedia } from './roomMedia.ts';
import { startWorkers } from './workers.ts';

const start = async (count: number) => {
  const config = parseConfig({ MEDIA_PORT: '0', MEDIA_WORKERS: String(count), SIGN_SECRET: 'x'.repeat(32) });
  return startWorkers(config, makeLog('silent'));
};
const until = async (check: () => boolean, wait = 4000) => {
  for (const end = Date.now() + wait; !check(); ) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((done) => setTimeout(done, 10));
  }
};

test('a dead worker is replaced; its people are told and can open media again', async () => {
  const workers = await start(1);
  const media = new RoomMedia(workers, makeLog('silent'));
  try {
    const events: string[] = [];
    const peer = media.add(1, (name) => events.push(name));
    await media.open(peer, workers.rtpCapabilities as never, false);
    const before = workers.slots()[0]?.worker;
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await until(() => events.includes('media.reset'));
    const { peerId } = await media.open(peer, workers.rtpCapabilities as never, false);
    expect(peerId).toMatch(/\w{16}/);
    expect(workers.slots()[0]?.worker).not.toBe(before);
  } finally {
    media.close();
    workers.close();
  }
});

test('a large meeting spans workers, and its people still receive one another', async () => {
  const workers = await start(2);
  const media = new RoomMedia(workers, makeLog('silent'));
  try {
    const heard = new Map<number, string[]>();
    const join = async (id: number) => {
      const peer = media.add(id, (name, payload) => {
        if (name === 'media.consumers')
          heard.set(id, [
            ...(heard.get(id) ?? []),
            ...(payload as { consumers: { source: string }[] }).consumers.map(({ source }) => source),
          ]);
      });
      await media.open(peer, workers.rtpCapabilities as never, false);
      return peer;
    };
    const first = await join(1);
    for (let id = 2; id <= 60; id++) await join(id);
    const last = await join(61);
    expect(last.lane).not.toBe(first.lane);
    await media.produce(first, 'mic', 'audio', opus(1) as never, false);
    await media.produce(first, 'camera', 'video', vp8('v') as never, false);
    media.setWish(last, { tiles: [{ clientId: 1, source: 'camera', maxSide: 300 }] });
    await until(() => heard.get(61)?.length === 2 && heard.get(2)?.length === 1);
    expect(heard.get(61)?.sort()).toEqual(['camera', 'mic']);
  } finally {
    media.close();
    workers.close();
  }
});

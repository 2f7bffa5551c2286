import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import { opus, vp8 } from '../testing/harness.ts';
import { makeDevice, makeTransports, Source } from '../testing/mediaClient.ts';
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
    await media.open(peer, workers.rtpCapabilities as never, { udp: true, tcp: true });
    const before = workers.slots()[0]?.worker;
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await until(() => events.includes('media.reset'));
    const { peerId } = await media.open(peer, workers.rtpCapabilities as never, { udp: true, tcp: true });
    expect(peerId).toMatch(/\w{16}/);
    expect(workers.slots()[0]?.worker).not.toBe(before);
  } finally {
    media.close();
    workers.close();
  }
});

test('when the worker that listens to the voices dies, another listens to those that are left', async () => {
  const workers = await start(2);
  const media = new RoomMedia(workers, makeLog('silent'));
  const source = new Source('audio');
  const spoke: number[][] = [];
  const protocols = { udp: true, tcp: true };
  const capabilities = workers.rtpCapabilities as never;
  try {
    const quiet = media.add(1, () => undefined);
    await media.open(quiet, capabilities, protocols);
    // Whoever produces first has the listening on the own worker.
    await media.produce(quiet, 'mic', 'audio', opus(1) as never, false);
    for (let id = 2; id <= 60; id++)
      await media.open(
        media.add(id, () => undefined),
        capabilities,
        protocols,
      );
    const talker = media.add(61, (name, payload) => {
      if (name === 'meeting.speakers')
        spoke.push((payload as { speakers: { clientId: number }[] }).speakers.map(({ clientId }) => clientId));
    });
    const device = await makeDevice(capabilities);
    const session = await media.open(talker, device.recvRtpCapabilities as never, protocols);
    const { send } = makeTransports(device, session, async (name, { dtlsParameters, kind, rtpParameters }) => {
      if (name !== 'media.connect') return media.produce(talker, 'mic', kind, rtpParameters, false);
      await talker.send?.connect({ dtlsParameters });
      return {};
    });
    await source.start({ send });
    await until(() => spoke.at(-1)?.join() === '61');
    expect(talker.lane).not.toBe(quiet.lane);
    process.kill(quiet.lane?.slot.worker.pid ?? 0, 'SIGKILL');
    // What the dead worker said is not true any more; then the voice is heard by the other one.
    await until(() => spoke.at(-1)?.length === 0);
    await until(() => spoke.at(-1)?.join() === '61');
    send.close();
  } finally {
    source.stop();
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
      await media.open(peer, workers.rtpCapabilities as never, { udp: true, tcp: true });
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

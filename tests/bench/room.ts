import { protocol } from '@meetframe/contract/version';
import { chromium, type Page } from 'playwright-core';
import { type Json, TestClient } from '../../server-stub/src/testing/harness.ts';
import { joinWithMedia, Source } from '../../server-stub/src/testing/mediaClient.ts';
import { wholeBrowser } from '../e2e/support/browserPaths.ts';
import { seatGuests } from '../e2e/support/crowd.ts';
import { startPlatform } from '../e2e/support/platform.ts';
import { makeTempRoom } from './tempRoom.ts';

const people = 50;
const joins = 10;
/** Of each measurement, in seconds. */
const span = 30;
const wait = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

type Traffic = { received: number; receivedBytes: number; sent: number; sentBytes: number };

/** Counts what goes over the page's socket, before compression. */
const counting = (page: Page): (() => Traffic) => {
  const total: Traffic = { received: 0, receivedBytes: 0, sent: 0, sentBytes: 0 };
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      total.received++;
      total.receivedBytes += Buffer.byteLength(payload);
    });
    socket.on('framesent', ({ payload }) => {
      total.sent++;
      total.sentBytes += Buffer.byteLength(payload);
    });
  });
  return () => ({ ...total });
};

/** Messages and bytes on the socket of a real widget in a room of 50: for a join, and in a minute. */
export const roomTraffic = async (): Promise<void> => {
  const { platform, demo, stop } = await startPlatform({ GUEST_SHARE: '100' });
  Object.assign(process.env, { PLATFORM_ORIGIN: platform, DEMO_ORIGIN: demo });
  const browser = await chromium.launch({
    executablePath: wholeBrowser,
    args: ['--no-sandbox', '--use-fake-device-for-media-stream'],
  });
  const server = {
    async client(hello: Json): Promise<TestClient> {
      const client = await TestClient.open(platform);
      client.hello = await client.call('session.hello', { protocol, ...hello });
      return client;
    },
  };
  try {
    const sign = await (await fetch(`${demo}/sign`)).text();
    const roomId = await makeTempRoom(platform, sign, 200);
    const talkers = [await joinWithMedia(server, 'One', { roomId }), await joinWithMedia(server, 'Two', { roomId })];
    const sources = await Promise.all(talkers.map((talker) => new Source('audio').start(talker)));
    for (const source of sources) source.level = -127;
    const guests = [await seatGuests(roomId, people - talkers.length - 1)];

    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-US' });
    const page = await context.newPage();
    const traffic = counting(page);
    await page.goto(`${platform}/app/#/?rd=${roomId}&name=Bench`);
    await page.getByTestId('lobby-join').waitFor();

    const rows: Record<string, object> = {};
    const measure = async (name: string, times: number, during: () => Promise<unknown>): Promise<void> => {
      const before = traffic();
      await during();
      const after = traffic();
      const per = (key: keyof Traffic) => (after[key] - before[key]) / times;
      rows[name] = {
        received: Number(per('received').toFixed(1)),
        'kB received': Number((per('receivedBytes') / 1000).toFixed(2)),
        sent: Number(per('sent').toFixed(1)),
        'kB sent': Number((per('sentBytes') / 1000).toFixed(2)),
      };
    };
    await measure(`own join, as number ${people}`, 1, async () => {
      await page.getByTestId('lobby-join').click();
      await page.getByTestId('leave').waitFor();
      await wait(2);
    });
    await measure('another one joins', joins, async () => {
      for (let join = 0; join < joins; join++) {
        guests.push(await seatGuests(roomId, 1));
        await wait(1);
      }
    });
    const minutes = span / 60;
    await measure('a minute, nobody talks', minutes, () => wait(span));
    await measure('a minute, two talk in turn', minutes, async () => {
      for (let turn = 0; turn < span / 3; turn++) {
        sources.forEach((source, index) => {
          source.level = index === turn % 2 ? -20 : -127;
        });
        await wait(3);
      }
    });
    console.table(rows);
    for (const source of sources) source.stop();
    for (const talker of talkers) await talker.close();
    for (const each of guests) each.leave();
  } finally {
    await browser.close();
    await stop();
  }
};

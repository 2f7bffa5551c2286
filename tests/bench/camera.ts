import { protocol } from '@meetframe/contract/version';
import { chromium, type Page } from 'playwright-core';
import { TestClient } from '../../server-stub/src/testing/harness.ts';
import { wholeBrowser } from '../e2e/support/browserPaths.ts';
import { startPlatform } from '../e2e/support/platform.ts';
import { watchConnections } from '../e2e/support/rtc.ts';
import { makeTempRoom } from './tempRoom.ts';

/** Seconds: until the sender has been told of unwanted layers (5) and its encoder has settled, and of each measurement. */
const [settling, span] = [12, 10];
const wait = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Bytes of video that the page has sent, and how many simulcast layers it sends. */
const videoSent = (page: Page): Promise<{ bytes: number; layers: number }> =>
  page.evaluate(async () => {
    const { connections } = window as never as { connections: RTCPeerConnection[] };
    const reports = await Promise.all(connections.map((each) => each.getStats()));
    const streams = reports
      .flatMap((report) => [...report.values()])
      .filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video');
    return {
      bytes: streams.reduce((sum, { bytesSent }) => sum + bytesSent, 0),
      layers: streams.filter(({ active }) => active).length,
    };
  });

/** What the camera of a real widget sends when it is watched large, small, and by nobody. */
export const cameraBits = async (): Promise<void> => {
  const { platform, demo, stop } = await startPlatform();
  const browser = await chromium.launch({
    executablePath: wholeBrowser,
    args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
  try {
    const sign = await (await fetch(`${demo}/sign`)).text();
    const roomId = await makeTempRoom(platform, sign, 5);
    const context = await browser.newContext({ permissions: ['camera', 'microphone'], locale: 'en-US' });
    await watchConnections(context);
    const page = await context.newPage();
    await page.goto(`${platform}/app/#/?rd=${roomId}&name=Bench`);
    await page.getByTestId('lobby-join').click();
    await page.getByTestId('leave').waitFor();

    const viewer = await TestClient.open(platform);
    const { rtpCapabilities } = await viewer.call('session.hello', { protocol });
    const { members } = await viewer.call('meeting.enter', { roomId, username: 'Viewer', rtpCapabilities });
    const clientId = members[0].id as number;
    const rows: Record<string, object> = {};
    let large = 0;
    const measure = async (name: string, maxSide: number | undefined): Promise<void> => {
      const tiles = maxSide === undefined ? [] : [{ clientId, source: 'camera', maxSide }];
      await viewer.call('media.setReceive', { tiles });
      await wait(settling);
      const before = await videoSent(page);
      await wait(span);
      const after = await videoSent(page);
      const kbps = ((after.bytes - before.bytes) * 8) / 1000 / span;
      large ||= kbps;
      rows[name] = { layers: after.layers, 'kbit/s': Math.round(kbps), 'of large': (kbps / large).toFixed(2) };
    };
    await measure('watched large (1280)', 1280);
    await measure('watched in the middle (480)', 480);
    await measure('watched in a small tile (160)', 160);
    await measure('watched by nobody', undefined);
    console.table(rows);
    viewer.ws.terminate();
  } finally {
    await browser.close();
    await stop();
  }
};

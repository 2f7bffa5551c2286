import { type CDPSession, chromium, type Page } from 'playwright-core';
import { wholeBrowser } from '../e2e/support/browserPaths.ts';
import { seatGuests } from '../e2e/support/crowd.ts';
import { startPlatform } from '../e2e/support/platform.ts';
import { hearing, type Own } from '../e2e/support/tell.ts';
import { makeTempRoom } from './tempRoom.ts';

const seconds = 10;
/** Milliseconds of a frame at 60 Hz. */
const frame = 1000 / 60;

/** Gaps between frames over some seconds, in milliseconds, and tasks of more than 50 ms. */
const frames = (page: Page): Promise<{ gaps: number[]; longTasks: number[] }> =>
  page.evaluate(async (milliseconds) => {
    const gaps: number[] = [];
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(Math.round(duration));
    });
    observer.observe({ type: 'longtask' });
    const end = performance.now() + milliseconds;
    for (let last = performance.now(); last < end; ) {
      const now = await new Promise<number>(requestAnimationFrame);
      gaps.push(now - last);
      last = now;
    }
    observer.disconnect();
    return { gaps, longTasks };
  }, seconds * 1000);

/** CPU time of the page's main thread by kind of work, in milliseconds a second. */
const busy = async (session: CDPSession, during: () => Promise<{ gaps: number[]; longTasks: number[] }>) => {
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  };
  const before = await read();
  const { gaps, longTasks } = await during();
  const after = await read();
  const spent = (name: string) => Math.round(((after(name) - before(name)) * 1000) / seconds);
  const sorted = gaps.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
  return {
    'all, ms/s': spent('TaskDuration'),
    'script, ms/s': spent('ScriptDuration'),
    'style, ms/s': spent('RecalcStyleDuration'),
    'layout, ms/s': spent('LayoutDuration'),
    'frames/s': Math.round(gaps.length / seconds),
    'frames dropped': gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frame) - 1), 0),
    'gap median, ms': at(0.5),
    'gap p99, ms': at(0.99),
    'tasks > 50 ms': longTasks.length,
  };
};

/**
 * The load of a full stage on the page's main thread. The real widget shows that many tiles, without video (which other
 * threads decode), while it gets the events of a busy meeting: the active speaker four times a second, a mute twice a
 * second; and the layout changes every other second.
 */
export const stageLoad = async (people: number): Promise<void> => {
  const { platform, demo, stop } = await startPlatform();
  Object.assign(process.env, { PLATFORM_ORIGIN: platform, DEMO_ORIGIN: demo });
  const browser = await chromium.launch({
    executablePath: wholeBrowser,
    args: ['--no-sandbox', '--use-fake-device-for-media-stream'],
  });
  try {
    const sign = await (await fetch(`${demo}/sign`)).text();
    const roomId = await makeTempRoom(platform, sign, 200);
    const guests = await seatGuests(roomId, people - 1);

    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-US' });
    const empty = await context.newPage();
    const blank = await context.newCDPSession(empty);
    await blank.send('Performance.enable', { timeDomain: 'threadTicks' });
    const rows: Record<string, object> = {};
    rows['an empty page'] = await busy(blank, () => frames(empty));
    await empty.close();

    const page = await context.newPage();
    await hearing(page);
    await page.goto(`${platform}/app/#/?rd=${roomId}&name=Bench`);
    await page.getByTestId('lobby-join').click();
    await page.getByTestId('leave').waitFor();
    const tiles = await page.getByTestId('tile').count();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    rows[`${tiles} tiles at rest`] = await busy(session, () => frames(page));
    await page.evaluate(() => {
      const { tell, roster, room } = window as never as Own;
      const roomId = room.id;
      const ids = [...roster.keys()];
      const any = () => ids[Math.floor(Math.random() * ids.length)] ?? 0;
      setInterval(() => {
        const speakers = Array.from({ length: 8 }, () => ({ clientId: any(), volume: -60 + Math.random() * 50 }));
        tell('meeting.speakers', { active: any(), speakers });
      }, 250);
      setInterval(() => {
        const one = roster.get(any());
        if (!one) return;
        const changed = { ...one, client: { ...one.client, isMuted: !one.client.isMuted } };
        roster.set(one.client.id, changed);
        tell('meeting.roster', { roomId, room, joined: [], changed: [changed], left: [] });
      }, 500);
    });
    rows['… in a busy meeting'] = await busy(session, () => frames(page));
    rows['… and a new layout every 2 s'] = await busy(session, async () => {
      const counted = frames(page);
      for (let change = 0; change < seconds / 2; change++) {
        await new Promise((resolve) => setTimeout(resolve, 1900));
        await page.getByTestId('toggle-layout').click();
        await page.getByTestId(`layout-${change % 2 ? 'grid' : 'speaker'}`).click();
      }
      return counted;
    });
    console.table(rows);
    guests.leave();
  } finally {
    await browser.close();
    await stop();
  }
};

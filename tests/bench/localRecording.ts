import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { wholeBrowser } from '../e2e/support/browserPaths.ts';

const hour = 3600;
/** A piece of the browser's recorder, in seconds. */
const pieceLength = 2;
const megabyte = 1024 ** 2;

/** A recording of an hour as a browser makes it: without its length, without cues. A minute is encoded, and repeated. */
const anHour = (folder: string): string => {
  const [minute, whole] = [join(folder, 'minute.webm'), join(folder, 'hour.webm')];
  const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);
  const sources = ['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=25:d=60', '-f', 'lavfi', '-i', 'sine=f=440:d=60'];
  const video = ['-c:v', 'libvpx', '-b:v', '2500k', '-minrate', '2500k', '-maxrate', '2500k', '-deadline', 'realtime'];
  ffmpeg(...sources, ...video, '-cpu-used', '8', '-g', '100', '-c:a', 'libopus', '-b:a', '128k', minute);
  ffmpeg('-stream_loop', '59', '-i', minute, '-c', 'copy', '-live', '1', whole);
  return whole;
};

/** The code that records, as modules that a page imports, by their paths. */
const bundle = async (): Promise<Map<string, string>> => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: resolve('widget/src/media/recording/recording.ts'), formats: ['es'], fileName: 'recording' },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error('nothing was built');
  return new Map(output.output.flatMap((file) => (file.type === 'chunk' ? [[`/${file.fileName}`, file.code]] : [])));
};

/** Memory of the process and of all its descendants without what they share, in MB: the browser's, too, where files are written. */
const memoryOf = (pid: number): number => {
  let own = 0;
  try {
    own = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    // It has ended meanwhile.
  }
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return (
          Number(
            readFileSync(`/proc/${name}/stat`, 'utf8')
              .replace(/^.*\) /s, '')
              .split(' ')[1],
          ) === pid
        );
      } catch {
        return false;
      }
    });
  return children.reduce((sum, name) => sum + memoryOf(Number(name)), own);
};

/** Replaced in the page: a recorder that has recorded all of it already, and delivers an hour in as many pieces as in an hour. */
const replaceRecorder = ({ size, pieces }: { size: number; pieces: number }): void => {
  const page = window as never as { MediaRecorder: unknown; deliver(upTo: number): Promise<void> };
  class Recorder extends EventTarget {
    static isTypeSupported = () => true;
    state = 'inactive';
    ondataavailable: ((event: { data: Blob }) => void) | undefined;
    onstop: (() => void) | undefined;
    start(): void {
      this.state = 'recording';
      let next = 0;
      page.deliver = async (upTo) => {
        for (; next < upTo; next++) {
          const [from, to] = [next, next + 1].map((at) => Math.floor((size * at) / pieces));
          const data = await (await fetch(`/hour?from=${from}&to=${to}`)).blob();
          this.ondataavailable?.({ data });
        }
      };
    }
    stop(): void {
      this.state = 'inactive';
      queueMicrotask(() => this.onstop?.());
    }
  }
  page.MediaRecorder = Recorder;
};

/** What an hour of local recording takes of memory, with the pieces of an hour, the real storage and the real end. */
export const localRecordingMemory = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-local-'));
  const file = anHour(folder);
  const [size, pieces] = [statSync(file).size, hour / pieceLength];
  const [modules, source] = [await bundle(), openSync(file, 'r')];
  const server = createServer(({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    if (pathname === '/hour') {
      const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))];
      const piece = Buffer.alloc(to - from);
      readSync(source, piece, 0, piece.length, from);
      response.setHeader('content-type', 'video/webm').setHeader('cache-control', 'no-store').end(piece);
    } else if (modules.has(pathname)) response.setHeader('content-type', 'text/javascript').end(modules.get(pathname));
    else response.setHeader('content-type', 'text/html').end('<!doctype html><main></main>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  // Not a private window: that keeps files in memory.
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: wholeBrowser,
    acceptDownloads: true,
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--disable-background-networking'],
  });
  try {
    const page = await context.newPage();
    await page.goto(origin);
    await page.evaluate(replaceRecorder, { size, pieces });
    await page.evaluate(async (address) => {
      const { startTake, save } = await import(address);
      const display = document.createElement('canvas').captureStream(1);
      const facts = { id: 'hour', use: 'local', fileName: 'hour', startedAt: Date.now() };
      const take = await startTake({ display, facts, ended() {}, failed: (error: unknown) => console.error(error) });
      Object.assign(window, {
        async finish() {
          await take.stop();
          return save(take.stored);
        },
      });
    }, `${origin}/recording.js`);
    const session = await context.newCDPSession(page);
    const browser = Number(
      execFileSync('pgrep', ['-o', '-f', `user-data-dir=${join(folder, 'profile')}`], { encoding: 'utf8' }),
    );
    const look = async (what: string): Promise<void> => {
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      const [heap, all] = [usedSize / megabyte, memoryOf(browser)];
      console.log(
        `  ${what.padEnd(16)} ${heap.toFixed(1)} MB of the page's heap, ${all.toFixed(0)} MB of the whole browser`,
      );
    };
    for (const minutes of [1, 15, 30, 45, 60]) {
      await page.evaluate(
        (upTo) => (window as never as { deliver(upTo: number): Promise<void> }).deliver(upTo),
        (minutes * 60) / pieceLength,
      );
      await look(`${minutes} min`);
    }
    const from = performance.now();
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 600_000 }),
      page.evaluate(() => (window as never as { finish(): Promise<unknown> }).finish()),
    ]);
    const took = (performance.now() - from) / 1000;
    await look('saved');
    const path = await download.path();
    const probe = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path];
    const duration = Number(execFileSync('ffprobe', probe, { encoding: 'utf8' }));
    console.log(
      `  ${(size / megabyte).toFixed(0)} MB recorded; a file that can be searched, of ${duration.toFixed(1)} s, made in ${took.toFixed(1)} s`,
    );
  } finally {
    await context.close();
    server.close();
    closeSync(source);
    rmSync(folder, { recursive: true, force: true });
  }
};

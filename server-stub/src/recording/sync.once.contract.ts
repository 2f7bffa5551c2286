import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeLog } from '../log.ts';
import { Clapper, clapsIn, latenessOf, probe } from '../testing/clapper.ts';
import { startRoomMedia } from '../testing/roomMedia.ts';
import { SimulcastCamera } from '../testing/simulcastCamera.ts';
import { compose } from './compose/compose.ts';
import { readHistory } from './compose/history.ts';
import { loadTrack } from './compose/tracks.ts';
import { Recording } from './recording.ts';

/** Resolves at so many ms of a second of the clappers: away from their flashes, which a cut of the film would shorten. */
const phase = (at: number) => sleep(1000 - ((((performance.now() - Clapper.origin - at) % 1000) + 1000) % 1000));

test('[3.35] audio and video stay together, and people with one another: after layer switches, camera off and on, a mute, for a late joiner on another worker', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meetframe-sync-'));
  const people = [{ delay: 0 }, { delay: 480 }];
  using room = await startRoomMedia(2);
  const { media } = room;
  const names = ['Ada', '小林'];
  const participants = new Map(names.map((name, id) => [id + 100, { client: { name } }]));
  const first = await room.connect(100);
  const ada = await new Clapper().start(first, ['audio']);
  const camera = await new SimulcastCamera().start(media, first.peer);
  // The next one is placed on the other worker.
  await room.fillRouter();
  const recording = new Recording({
    meeting: { media, participants },
    folder,
    start: { recordId: 1, name: 'Weekly', startedBy: 'Ada' },
    settings: { videos: 9, leaveFree: 0 },
    log: makeLog('silent'),
    onFailed: (reason) => expect.unreachable(reason),
  });
  await phase(600);
  /** How long it was recorded, in seconds: at most until the call that ended it returned, at least until it was made. */
  const lasted = { least: -performance.now(), most: -performance.now() };
  await recording.open();
  lasted.least = -performance.now();
  const second = await room.connect(101);
  expect(second.peer.place?.router.id).not.toBe(first.peer.place?.router.id);
  const lin = await new Clapper(people[1]).start(second);
  await sleep(1500);
  await phase(250);
  await first.peer.producers.get('mic')?.pause();
  camera.isLarge = false;
  await sleep(1500);
  await phase(250);
  await second.peer.producers.get('camera')?.pause();
  await sleep(700);
  await phase(250);
  await second.peer.producers.get('camera')?.resume();
  await phase(750);
  await first.peer.producers.get('mic')?.resume();
  await sleep(1200);
  await phase(750);
  await second.peer.producers.get('mic')?.pause();
  await sleep(1500);
  await phase(250);
  camera.isLarge = true;
  await sleep(1000);
  await phase(250);
  lasted.least += performance.now();
  await recording.stop('stopped');
  lasted.most += performance.now();
  ada.stop();
  camera.stop();
  lin.stop();

  const output = join(folder, 'film.mp4');
  const duration = await compose({ folder, output, program: 'ffmpeg', onProgress: () => undefined });
  const film = probe(output);
  for (const length of [duration, film.duration, ...film.streams.map((stream) => Number(stream.duration))]) {
    expect(length).toBeGreaterThan(lasted.least / 1000 - 0.5);
    expect(length).toBeLessThan(lasted.most / 1000 + 0.5);
  }

  const { seen, heard } = clapsIn(output);
  const history = await readHistory(folder);
  // Where a stream begins or goes on within a clap, its rest is no clap.
  const begins = history.tracks.flatMap(({ from, pauses }) => [from, ...pauses.map(([, to]) => to)]);
  const isWhole = (at: number): boolean =>
    !begins.some((begin) => Math.abs(history.startedAt + at * 1000 - begin) < 150);
  const own = (all: number[]) =>
    all.filter(isWhole).map((at) => ({ at, ...latenessOf(at, history.startedAt, people) }));
  const summary = JSON.stringify({ lasted, seen: own(seen), heard: own(heard) });
  for (const [all, hers, his] of [
    [own(seen), 3, 3],
    [own(heard), 5, 5],
  ] as const) {
    expect(all.filter(({ who }) => who === 0).length, summary).toBeGreaterThanOrEqual(hers);
    expect(all.filter(({ who }) => who === 1).length, summary).toBeGreaterThanOrEqual(his);
  }
  const lates = [...own(seen), ...own(heard)].map(({ late }) => late);
  expect(Math.max(...lates) - Math.min(...lates), summary).toBeLessThan(80);

  // Her camera went to the small layer and back; the first pictures may be small as well.
  const simulcast = history.tracks.find(({ track }) => track.source === 'camera' && track.clientId === 100)?.track;
  const frames = simulcast && (await loadTrack(folder, simulcast))?.frames;
  const sizes = frames?.flatMap(({ shape }) => shape?.match(/\d+x\d+/)?.[0] ?? []);
  expect(sizes?.filter((size, at) => size !== sizes[at - 1]).slice(-3)).toEqual(['640x360', '320x180', '640x360']);
  rmSync(folder, { recursive: true });
});

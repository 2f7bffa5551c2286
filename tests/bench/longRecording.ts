import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeLog } from '../../server-stub/src/log.ts';
import { compose } from '../../server-stub/src/recording/compose/compose.ts';
import { readHistory } from '../../server-stub/src/recording/compose/history.ts';
import { Recording } from '../../server-stub/src/recording/recording.ts';
import { Clapper, clapsIn, latenessOf, probe } from '../../server-stub/src/testing/clapper.ts';
import { startRoomMedia } from '../../server-stub/src/testing/roomMedia.ts';
import { SimulcastCamera } from '../../server-stub/src/testing/simulcastCamera.ts';

/**
 * `node tests/bench/longRecording.ts [minutes]`, 20 unless given, in real time: two people on two workers clap, one of them by a clock
 * that is 100 parts of a million faster. They speak in turns of half a minute, switch cameras off and on, and lose a simulcast layer. Prints
 * how late sound and picture of each came, minute by minute. It needs the media worker: `MEDIASOUP_WORKER_BIN`.
 */
const minutes = Number(process.argv[2] ?? 20);
const people = [{ delay: 0 }, { delay: 480, drift: 100 }];
const folder = mkdtempSync(join(tmpdir(), 'long-recording-'));
const room = await startRoomMedia(2);
const first = await room.connect(100);
const ada = await new Clapper(people[0]).start(first, ['audio']);
const camera = await new SimulcastCamera().start(room.media, first.peer);
// The next one is placed on the other worker.
await room.fillRouter();
const recording = new Recording({
  meeting: {
    media: room.media,
    participants: new Map(['Ada', '小林'].map((name, id) => [id + 100, { client: { name } }])),
  },
  folder,
  start: { recordId: 1, name: 'Long', startedBy: 'Ada' },
  settings: { videos: 9, leaveFree: 0 },
  log: makeLog('warn'),
  onFailed: (reason) => console.error(reason),
});
await recording.open();
const startedAt = performance.now();
const second = await room.connect(101);
const lin = await new Clapper(people[1]).start(second);
const until = (seconds: number) => wait(Math.max(0, startedAt + seconds * 1000 - performance.now()));
for (let turn = 0; turn < minutes * 2; turn++) {
  const [speaker, other] = turn % 2 ? [second, first] : [first, second];
  await speaker.peer.producers.get('mic')?.resume();
  await other.peer.producers.get('mic')?.pause();
  await until(turn * 30 + 8);
  if (turn % 2) await second.peer.producers.get('camera')?.pause();
  else camera.isLarge = false;
  await until(turn * 30 + 13);
  await second.peer.producers.get('camera')?.resume();
  camera.isLarge = true;
  await until(turn * 30 + 30);
}
await recording.stop('stopped');
const lasted = (performance.now() - startedAt) / 1000;
camera.stop();
ada.stop();
lin.stop();
room[Symbol.dispose]();

const output = join(folder, 'film.mp4');
await compose({ folder, output, program: 'ffmpeg', onProgress: () => undefined });
const { duration, streams } = probe(output);
console.log(
  `recorded ${lasted.toFixed(2)} s; film ${duration} s, ${streams.map((one) => one.duration).join(' and ')} s`,
);
const begin = (await readHistory(folder)).startedAt;
const claps = clapsIn(output);
const kinds = { seen: claps.seen, heard: claps.heard };
const all = Object.entries(kinds).flatMap(([kind, moments]) =>
  moments.map((at) => ({ at, kind, ...latenessOf(at, begin, people) })),
);
for (let minute = 0; minute < minutes; minute++) {
  const said = [0, 1].flatMap((who) =>
    Object.keys(kinds).map((kind) => {
      const lates = all
        .filter((one) => one.who === who && one.kind === kind && Math.floor(one.at / 60) === minute)
        .map(({ late }) => late)
        .sort((a, b) => a - b);
      const [least, middle, most] = [lates[0], lates[lates.length >> 1], lates.at(-1)].map((one) => one?.toFixed(0));
      return `${'AL'[who]} ${kind} ${middle} (${least} … ${most}, ${lates.length} claps)`;
    }),
  );
  console.log(`${String(minute).padStart(3)} min  ${said.join('  ')}`);
}
const lates = all.map(({ late }) => late);
console.log(`all within ${(Math.max(...lates) - Math.min(...lates)).toFixed(0)} ms`);
if (process.argv.includes('--keep')) console.log(output);
else rmSync(folder, { recursive: true });
process.exit(0);

import { execFileSync, fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RtpHeader, RtpPacket } from 'werift';
import { Dump } from '../../server-stub/src/recording/capture/dump.ts';
import { dumpFile, type JournalLine, journalFile, type Report } from '../../server-stub/src/recording/journal.ts';
import { clap, framesOfIvf } from '../../server-stub/src/testing/clapper.ts';

const recording = join(import.meta.dirname, '../../server-stub/src/recording');
const packetsPerSecond = 2000;
const seconds = 5;
const minute = 60;

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
/** CPU time in ms of a process, or of the children that a process has waited for; the kernel counts 10 ms. */
const spent = (pid: number | 'self', of: 'own' | 'children'): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const [from, to] = of === 'own' ? [11, 12] : [13, 14];
  return (Number(fields[from]) + Number(fields[to])) * 10;
};
const rtp = (
  of: { payloadType: number; sequenceNumber: number; timestamp: number; ssrc: number; marker: boolean },
  payload: Buffer,
) => new RtpPacket(new RtpHeader(of), payload).serialize();

/** CPU time in ms for 1,000 packets of a camera that the capture process writes, or drops when it does not know them. */
const captureCost = async (isKnown: boolean): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-capture-'));
  const child = fork(join(recording, 'capture/main.ts'), [folder, '0'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [report] = (await once(child, 'message')) as [Report];
  const port = 'ready' in report ? report.ready : 0;
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const ssrc = isKnown ? 1 : 2;
  const track = {
    track: 1,
    clientId: 1,
    source: 'camera',
    mimeType: 'video/vp8',
    payloadType: 96,
    clockRate: 90_000,
    ssrc: 1,
  };
  child.send({
    entries: [
      { type: 'start', recordId: 1, name: '', startedBy: '' },
      { type: 'track', from: socket.address().port, ...track },
    ],
  });
  await wait(500);
  const before = spent(child.pid ?? 0, 'own');
  const payload = Buffer.alloc(1150, 7);
  const total = packetsPerSecond * seconds;
  const startedAt = performance.now();
  for (let sent = 0; sent < total; await wait(5))
    for (; sent < Math.min(total, ((performance.now() - startedAt) / 1000) * packetsPerSecond); sent++)
      socket.send(
        rtp({ payloadType: 96, sequenceNumber: sent & 0xffff, timestamp: sent * 900, ssrc, marker: true }, payload),
        port,
        '127.0.0.1',
      );
  await wait(500);
  const cost = spent(child.pid ?? 0, 'own') - before;
  child.send({ entries: [{ type: 'stop', reason: 'stopped' }] });
  await once(child, 'close');
  socket.close();
  rmSync(folder, { recursive: true });
  return (cost / total) * 1000;
};

/** Writes what a meeting of a minute leaves: three microphones that are open all the time, and a camera of 720p. */
const captured = async (folder: string): Promise<void> => {
  const startedAt = Date.now() - minute * 1000;
  const lines: JournalLine[] = [{ at: startedAt, type: 'start', recordId: 1, name: 'Bench', startedBy: 'Bench' }];
  const write = async (
    track: number,
    mimeType: string,
    clockRate: number,
    packets: (dump: Dump) => void,
  ): Promise<void> => {
    const source = clockRate === 90_000 ? 'camera' : 'mic';
    lines.push({
      at: startedAt,
      type: 'track',
      track,
      clientId: track % 3,
      source,
      mimeType,
      payloadType: 96,
      clockRate,
      ssrc: 1,
      from: 0,
    });
    const dump = new Dump(join(folder, dumpFile(track)), startedAt);
    packets(dump);
    await dump.close();
  };
  const film = join(folder, 'film.ivf');
  const picture = `testsrc2=s=1280x720:r=25:d=${minute}`;
  const encoding = ['-c:v', 'libvpx', '-b:v', '1500k', '-deadline', 'realtime', '-cpu-used', '8', '-g', '250'];
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', picture, ...encoding, film]);
  let sequence = 0;
  await write(3, 'video/vp8', 90_000, (dump) => {
    for (const [frame, data] of framesOfIvf(readFileSync(film)).entries())
      for (let at = 0; at < data.length; at += 1150) {
        const payload = Buffer.concat([Buffer.from([at === 0 ? 0x10 : 0]), data.subarray(at, at + 1150)]);
        const header = {
          payloadType: 96,
          sequenceNumber: sequence++ & 0xffff,
          timestamp: frame * 3600,
          ssrc: 1,
          marker: at + 1150 >= data.length,
        };
        dump.add(rtp(header, payload), startedAt + frame * 40, false);
      }
  });
  const { audio } = clap();
  for (const track of [1, 2, 6])
    await write(track, 'audio/opus', 48_000, (dump) => {
      for (let at = 0; at < minute * 50; at++) {
        const header = { payloadType: 96, sequenceNumber: at, timestamp: at * 960, ssrc: 1, marker: false };
        dump.add(rtp(header, audio[(at + track * 9) % audio.length] ?? Buffer.alloc(0)), startedAt + at * 20, false);
      }
    });
  lines.push({ at: startedAt + minute * 1000, type: 'stop', reason: 'stopped' });
  writeFileSync(join(folder, journalFile), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
};

/** What it costs to record on the server: while the meeting runs, and afterwards. */
export const recordingCost = async (): Promise<void> => {
  const [written, dropped] = [await captureCost(true), await captureCost(false)];
  console.log(
    `  capture          ${written.toFixed(1)} ms of CPU for 1,000 packets; ${dropped.toFixed(1)} ms when they are only received`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'bench-compose-'));
  await captured(folder);
  const before = spent('self', 'children');
  const startedAt = performance.now();
  const task = ['film', folder, join(folder, 'film.mp4'), 'ffmpeg', '0'];
  const child = fork(join(recording, 'compose/main.ts'), task, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let outcome = '';
  child.on('message', (said) => {
    outcome = JSON.stringify(said);
  });
  await once(child, 'close');
  if (!outcome.includes('duration')) throw new Error(`the film was not made: ${outcome}`);
  const [cpu, took] = [(spent('self', 'children') - before) / 1000, (performance.now() - startedAt) / 1000];
  console.log(`  film of a minute ${cpu.toFixed(1)} s of one core, ${took.toFixed(1)} s on this machine (${outcome})`);
  rmSync(folder, { recursive: true });
};

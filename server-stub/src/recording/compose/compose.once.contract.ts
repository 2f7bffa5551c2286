import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RtpHeader, RtpPacket } from 'werift';
import { parseRtp } from '../../media/receive/rtp.ts';
import { framesOfIvf, probe, quickVp8 } from '../../testing/clapper.ts';
import { Dump } from '../capture/dump.ts';
import { dumpFile, type JournalLine, journalFile } from '../journal.ts';
import { compose } from './compose.ts';

/** Two seconds of a moving picture that is white from 1.0 to 1.2 s, with a key frame every second. */
const picture = [
  ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=2,lutyuv=y=val/2'],
  ...['-vf', "drawbox=t=fill:color=white:enable='between(t,0.99,1.19)'", '-g', '25'],
];
const ffmpeg = (...args: string[]): Buffer => execFileSync('ffmpeg', ['-v', 'error', ...args], { maxBuffer: 2 ** 30 });

/** RTP as ffmpeg makes it: its packets one after the other, each with the next sequence number. */
const byFfmpeg = (...encoding: string[]): Buffer[] => {
  const format = ['-payload_type', '96', '-ssrc', '1', '-seq', '0', '-rtpflags', 'skip_rtcp', '-packetsize', '400'];
  const all = ffmpeg(...picture, ...encoding, ...format, '-sdp_file', '/dev/null', '-f', 'rtp', 'pipe:1');
  const begins = (at: number, sequence: number) =>
    all[at] === 0x80 && ((all[at + 1] ?? 0) & 0x7f) === 96 && all.readUInt32BE(at + 8) === 1
      ? all.readUInt16BE(at + 2) === sequence
      : false;
  const packets: Buffer[] = [];
  for (let from = 0; from < all.length; ) {
    let to = from + 12;
    while (to + 12 <= all.length && !begins(to, packets.length + 1)) to++;
    if (to + 12 > all.length) to = all.length;
    packets.push(all.subarray(from, to));
    from = to;
  }
  return packets;
};

/** AV1, one unit a packet or a part of one (RTP Payload Format for AV1, 4.4). */
const av1 = (): Buffer[] => {
  const frames = framesOfIvf(
    ffmpeg(...picture, '-c:v', 'libaom-av1', '-usage', 'realtime', '-cpu-used', '8', '-f', 'ivf', 'pipe:1'),
  );
  let sequenceNumber = 0;
  return frames.flatMap((frame, index) => {
    const payloads: Buffer[] = [];
    for (let at = 0; at < frame.length; ) {
      const head = frame.readUInt8(at);
      const start = at + (head & 4 ? 2 : 1);
      let [size, next] = [0, start];
      for (let shift = 0; ; shift += 7) {
        const byte = frame.readUInt8(next++);
        size += (byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
      // Without its size, which the packet gives.
      const unit = Buffer.concat([
        Buffer.from([head & ~2]),
        frame.subarray(at + 1, start),
        frame.subarray(next, next + size),
      ]);
      at = next + size;
      // A temporal delimiter does not travel.
      if (((head >> 3) & 15) === 2) continue;
      for (let from = 0; from < unit.length; from += 300) {
        const flags = (from > 0 ? 0x80 : 0) | (from + 300 < unit.length ? 0x40 : 0) | 0x10;
        payloads.push(Buffer.concat([Buffer.from([flags]), unit.subarray(from, from + 300)]));
      }
    }
    return payloads.map((payload, part) => {
      const marker = part === payloads.length - 1;
      return new RtpPacket(
        new RtpHeader({ payloadType: 96, ssrc: 1, sequenceNumber: sequenceNumber++, timestamp: index * 3600, marker }),
        payload,
      ).serialize();
    });
  });
};

/** The frames of a film, small and grey. */
const framesOf = (film: string) => {
  const [width, height] = [160, 90];
  const all = ffmpeg('-i', film, '-vf', `scale=${width}:${height}:flags=area,format=gray`, '-f', 'rawvideo', '-');
  const at = (time: number): Buffer => {
    const from = Math.round(time * 25) * width * height;
    return all.subarray(from, from + width * height);
  };
  return {
    length: all.length / width / height,
    /** Mean difference of two moments, in levels of brightness. */
    difference: (one: number, other: number): number =>
      at(one).reduce((sum, value, place) => sum + Math.abs(value - (at(other)[place] ?? 0)), 0) / (width * height),
    /** Mean brightness at a moment of a part that is given in parts of the frame. */
    brightness(time: number, { x, y, size }: { x: number; y: number; size: number } = { x: 0, y: 0, size: 1 }): number {
      let [sum, count] = [0, 0];
      for (const [place, value] of at(time).entries()) {
        const [column, row] = [(place % width) / width, Math.floor(place / width) / height];
        if (column < x || column >= x + size || row < y || row >= y + size) continue;
        sum += value;
        count++;
      }
      return sum / count;
    },
  };
};

const codecs: [string, () => Buffer[]][] = [
  ['video/vp8', () => byFfmpeg(...quickVp8)],
  [
    'video/vp9',
    () => byFfmpeg('-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-strict', 'experimental'),
  ],
  [
    'video/h264',
    () => byFfmpeg('-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p'),
  ],
  ['video/av1', av1],
];
test.concurrent.each(codecs)(
  '[3.35] %s becomes a film, and what a lost packet spoils is not shown',
  { timeout: 90_000 },
  async (mimeType, make) => {
    const folder = mkdtempSync(join(tmpdir(), 'meetframe-compose-'));
    const packets = make().map((packet) => ({ packet, read: parseRtp(packet) }));
    const first = packets[0]?.read?.timestamp ?? 0;
    const startedAt = Date.now() - 10_000;
    const dump = new Dump(join(folder, dumpFile(1)), startedAt);
    const since = (timestamp: number) => ((timestamp - first) >>> 0) / 90;
    let isLost = false;
    for (const { packet, read } of packets) {
      if (!read) continue;
      const at = since(read.timestamp);
      // One packet is lost after half a second.
      if (!isLost && at > 500) {
        isLost = true;
        continue;
      }
      dump.add(packet, startedAt + at, false);
    }
    await dump.close();
    const lines: JournalLine[] = [
      { at: startedAt, type: 'start', recordId: 1, name: 'Codec', startedBy: 'Ada' },
      {
        at: startedAt,
        type: 'track',
        track: 1,
        clientId: 1,
        source: 'camera',
        mimeType,
        payloadType: 96,
        clockRate: 90_000,
        ssrc: 1,
        from: 0,
      },
      { at: startedAt, type: 'person', clientId: 1, name: '{张三} \\N' },
      { at: startedAt + 2000, type: 'stop', reason: 'stopped' },
    ];
    writeFileSync(join(folder, journalFile), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const output = join(folder, 'film.mp4');
    expect(await compose({ folder, output, program: 'ffmpeg', onProgress: () => undefined })).toBe(2);
    expect(probe(output).streams.map(({ codec_name, width, height }) => [codec_name, width, height])).toEqual([
      ['h264', 1280, 720],
      ['aac', undefined, undefined],
    ]);
    const film = framesOf(output);
    expect(film.length).toBe(50);
    const seen = Array.from({ length: film.length }, (_, at) => at / 25).filter((at) => film.brightness(at) > 160);
    expect(Math.abs((seen[0] ?? 0) - 1)).toBeLessThan(0.081);
    expect((seen.at(-1) ?? 0) - (seen[0] ?? 0)).toBeLessThan(0.25);
    // Without the lost packet the video cannot be decoded rightly: it stands still until the next key frame.
    expect(film.difference(0.2, 0.44)).toBeGreaterThan(0.5);
    expect(film.difference(0.64, 0.88)).toBeLessThan(0.2);
    rmSync(folder, { recursive: true });
  },
);

test('[3.35] a grid shows everybody who is there, with names, and a shared screen large', {
  timeout: 90_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meetframe-grid-'));
  const made = byFfmpeg(...quickVp8);
  const packets = made.map((packet) => ({ packet, stamp: parseRtp(packet)?.timestamp ?? 0 }));
  const first = packets[0]?.stamp ?? 0;
  const startedAt = Date.now() - 10_000;
  const track = async (number: number, clientId: number, source: 'camera' | 'screen' | 'mic', late = 0) => {
    const dump = new Dump(join(folder, dumpFile(number)), startedAt);
    if (source !== 'mic')
      for (const { packet, stamp } of packets) dump.add(packet, startedAt + late + ((stamp - first) >>> 0) / 90, false);
    await dump.close();
    const mimeType = source === 'mic' ? 'audio/opus' : 'video/vp8';
    const clockRate = source === 'mic' ? 48_000 : 90_000;
    const streams = { track: number, clientId, source, mimeType, payloadType: 96, clockRate, ssrc: 1, from: 0 };
    return { at: startedAt + late, type: 'track', ...streams } as const;
  };
  const names = ['Ada', '张小林', 'Chidi', 'Somebody with a very long name that does not fit in its cell'];
  const lines: JournalLine[] = [
    { at: startedAt, type: 'start', recordId: 1, name: 'Grid', startedBy: 'Ada', layout: 'grid' },
    ...names.map((name, at) => ({ at: startedAt, type: 'person', clientId: at + 1, name }) as const),
    await track(1, 1, 'camera'),
    await track(2, 2, 'camera'),
    await track(3, 3, 'mic'),
    await track(4, 4, 'mic'),
    await track(5, 4, 'screen', 2000),
    { at: startedAt + 2000, type: 'closed', track: 3 },
    { at: startedAt + 4000, type: 'stop', reason: 'stopped' },
  ];
  writeFileSync(join(folder, journalFile), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const output = join(folder, 'film.mp4');
  expect(await compose({ folder, output, program: 'ffmpeg', onProgress: () => undefined })).toBe(4);
  expect(probe(output).streams.map(({ width, height }) => [width, height])[0]).toEqual([1280, 720]);
  const film = framesOf(output);
  /** Whether the middle of each quarter of the frame is white: cells are for a moment, cards never. */
  const quarters = (at: number): boolean[] =>
    [0.125, 0.625].flatMap((y) => [0.125, 0.625].map((x) => film.brightness(at, { x, y, size: 0.125 }) > 180));
  expect(quarters(1.1)).toEqual([true, true, false, false]);
  expect(quarters(3.1)).toEqual([true, true, true, true]);
  expect(quarters(0.6)).toEqual([false, false, false, false]);
  // Cameras that send no more stand still for a while: the speaker's in its corner.
  expect(film.brightness(3.1, { x: 0.77, y: 0.77, size: 0.2 })).toBeLessThan(180);
  if (process.env.KEEP_FILM) execFileSync('cp', [output, process.env.KEEP_FILM]);
  rmSync(folder, { recursive: true });
});

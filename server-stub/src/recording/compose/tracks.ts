import { access, open } from 'node:fs/promises';
import { join } from 'node:path';
import { levelOf, parseRtp, senderReports, unwrapper } from '../../media/receive/rtp.ts';
import { dumpFile, type Track } from '../journal.ts';
import { offsetOf, type Report, timesOf } from './clock.ts';
import { videoCodecs } from './codecs.ts';
import { readDump } from './readDump.ts';
import { type Sorted, Sorter } from './sorter.ts';

/** A frame, or an audio packet, in a track's file of frames. `time`: ms since 1970. */
type Frame = {
  time: number;
  at: number;
  timestamp: number;
  offset: number;
  size: number;
  isKey: boolean;
  /** Of key frames: see `codecs.ts`, with the rotation. */
  shape?: string;
  /** Quarter turns clockwise. */
  rotation: number;
  /** Loudness of an audio packet, 0 (silence) to 127. */
  loudness: number;
};
export type Loaded = { track: Track; path: string; frames: Frame[]; lastAt: number };

/** After a longer pause of a stream, in ms, a new piece may begin, because its clock may have jumped … */
const longestGap = 2000;
/** … by more than this, in ms. */
const sameClock = 300;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Quarter turns to put a video upright, from the extension of 3GPP TS 26.114. */
const turnsOf = (extension: Buffer | undefined): number | undefined =>
  extension?.length ? extension.readUInt8(0) & 3 : undefined;

/**
 * Reads the captured packets of a track: puts them in order, makes frames of them, writes these to a file beside it, and computes when
 * each was taken. After a lost packet frames are left out up to the next key frame.
 */
export const loadTrack = async (folder: string, track: Track): Promise<Loaded | undefined> => {
  const source = join(folder, dumpFile(track.track));
  if (!(await exists(source))) return undefined;
  const path = join(folder, `track-${track.track}.frames`);
  const out = await open(path, 'w', 0o600);
  const codec = videoCodecs[track.mimeType];
  const sorter = new Sorter();
  const frames: Frame[] = [];
  const reports: Report[] = [];
  let waiting: Buffer[] = [];
  let written = 0;
  let flushed = 0;
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    flushed = written;
    await out.appendFile(Buffer.concat(batch));
  };
  let lastAt = 0;
  let rotation = 0;

  const push = (
    data: Buffer,
    rest: Pick<Frame, 'at' | 'timestamp' | 'isKey' | 'loudness'> & { shape?: string },
  ): void => {
    const shape = rest.shape === undefined ? {} : { shape: `${rest.shape} ${rotation}` };
    frames.push({ time: 0, offset: written, size: data.length, rotation, ...rest, ...shape });
    waiting.push(data);
    written += data.length;
  };

  let picture: Sorted[] = [];
  let lastOrder: number | undefined;
  let isBroken = true;
  const endPicture = (): void => {
    const packets = picture;
    picture = [];
    const [first] = packets;
    const last = packets.at(-1);
    if (!codec || !first || !last) return;
    const isWhole =
      (lastOrder === undefined || first.order === lastOrder + 1) && last.order - first.order === packets.length - 1;
    if (!isWhole) isBroken = true;
    lastOrder = last.order;
    const turned = packets.map((one) => turnsOf(one.extension(track.rotationId))).findLast((one) => one !== undefined);
    const frame =
      last.order - first.order === packets.length - 1
        ? codec.assemble(packets.map(({ payload }) => payload))
        : undefined;
    if (!frame) {
      isBroken = true;
      return;
    }
    if (frame.isKey) {
      isBroken = false;
      rotation = turned ?? (track.rotationId === undefined ? 0 : rotation);
    }
    if (isBroken) return;
    push(frame.data, {
      at: first.at,
      timestamp: first.timestamp,
      isKey: frame.isKey,
      loudness: 0,
      ...(frame.shape === undefined ? {} : { shape: frame.shape }),
    });
  };
  const take = (packet: Sorted): void => {
    if (packet.payload.length === 0) return;
    if (!codec) {
      const loudness = 127 + (levelOf(packet, track.levelId) ?? -127);
      push(packet.payload, { at: packet.at, timestamp: packet.timestamp, isKey: true, loudness });
      return;
    }
    if (picture[0] && picture[0].timestamp !== packet.timestamp) endPicture();
    picture.push(packet);
  };

  const stamp = unwrapper(32);
  try {
    for await (const { at, isRtcp, packet } of readDump(source)) {
      lastAt = Math.max(lastAt, at);
      if (isRtcp) {
        for (const { time, timestamp } of senderReports(packet))
          reports.push({ at, time, timestamp: stamp(timestamp) });
        continue;
      }
      // A copy, because it may wait for its turn while the buffer that it lies in is used again.
      const parsed = parseRtp(Buffer.from(packet));
      if (!parsed || parsed.payloadType !== track.payloadType) continue;
      for (const one of sorter.add({ ...parsed, timestamp: stamp(parsed.timestamp), at })) take(one);
      if (written - flushed > 1024 * 1024) await flush();
    }
    for (const one of sorter.rest()) take(one);
    endPicture();
    await flush();
  } finally {
    await out.close();
  }
  setTimes(frames, reports, track);
  return { track, path, frames, lastAt };
};

type Piece = { frames: Frame[]; reports: Report[]; isOtherShape: boolean };

/** Where one piece of a stream ends and the next begins: after a pause, and where the size of the video changes. */
const piecesOf = (frames: readonly Frame[], reports: readonly Report[], rate: number): Piece[] => {
  const pieces: Piece[] = [];
  let shape: string | undefined;
  for (const frame of frames) {
    const last = pieces.at(-1)?.frames.at(-1);
    const isOtherShape = frame.shape !== undefined && frame.shape !== shape;
    if (frame.shape !== undefined) shape = frame.shape;
    if (!last || isOtherShape || frame.at - last.at > longestGap)
      pieces.push({ frames: [frame], reports: [], isOtherShape });
    else pieces.at(-1)?.frames.push(frame);
  }
  let next = 0;
  for (const report of reports) {
    while (report.at >= (pieces[next + 1]?.frames[0]?.at ?? Number.POSITIVE_INFINITY)) next++;
    pieces[next]?.reports.push(report);
  }
  // The more reports, the better: after a pause the clock usually goes on as before.
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    const [a, b] = [before, piece].map((one) => one && offsetOf(one.reports, rate));
    const isSame = a === undefined || b === undefined || Math.abs(a - b) < sameClock;
    if (before && !piece.isOtherShape && isSame) {
      before.frames = before.frames.concat(piece.frames);
      before.reports = before.reports.concat(piece.reports);
    } else joined.push(piece);
  }
  return joined;
};

const setTimes = (frames: readonly Frame[], reports: readonly Report[], { clockRate }: Track): void => {
  const start = frames[0]?.at ?? 0;
  let fallback: number | undefined;
  for (const piece of piecesOf(frames, reports, clockRate)) {
    const { times, offset } = timesOf(piece.frames, {
      reports: piece.reports,
      rate: clockRate,
      start,
      ...(fallback === undefined ? {} : { fallback }),
    });
    if (piece.reports.length) fallback = offset;
    for (const [place, frame] of piece.frames.entries()) frame.time = times[place] as number;
  }
};

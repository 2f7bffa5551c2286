import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { levelOf, parseRtp, senderReports, unwrapper } from '../../media/receive/rtp.ts';
import { dumpFile, type Track } from '../journal.ts';
import { type Report, timesOf } from './clock.ts';
import { videoCodecs } from './codecs.ts';
import { readDump } from './readDump.ts';
import { type Sorted, Sorter } from './sorter.ts';

/** A frame, or an audio packet, in a track's file of frames. `time`: ms since 1970. */
export type Frame = {
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

/** A pause of a stream that is longer, in ms, begins a new piece: its clock may have jumped. */
const longestGap = 2000;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Quarter turns to put a video upright, from the extension of 3GPP TS 26.114. */
const turnsOf = (extension: Buffer | undefined): number | undefined =>
  extension?.length ? extension.readUInt8(0) & 3 : undefined;

/**
 * Reads what was captured of a track: puts packets in order, makes frames of them, writes these to a file beside it, and says when each
 * was taken. After a lost packet frames are left out up to the next key frame.
 */
export const loadTrack = async (folder: string, track: Track): Promise<Loaded | undefined> => {
  const source = join(folder, dumpFile(track.track));
  if (!(await exists(source))) return undefined;
  const path = join(folder, `track-${track.track}.frames`);
  const out = createWriteStream(path);
  const codec = videoCodecs[track.mimeType];
  const sorter = new Sorter();
  const frames: Frame[] = [];
  const reports: Report[] = [];
  let written = 0;
  let lastAt = 0;
  let rotation = 0;

  const push = (
    data: Buffer,
    rest: Pick<Frame, 'at' | 'timestamp' | 'isKey' | 'loudness'> & { shape?: string },
  ): void => {
    const shape = rest.shape === undefined ? {} : { shape: `${rest.shape} ${rotation}` };
    frames.push({ time: 0, offset: written, size: data.length, rotation, ...rest, ...shape });
    out.write(data);
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
  for await (const { at, isRtcp, packet } of readDump(source)) {
    lastAt = Math.max(lastAt, at);
    if (isRtcp) {
      for (const { time, timestamp } of senderReports(packet)) reports.push({ at, time, timestamp: stamp(timestamp) });
      continue;
    }
    // A copy, because it may wait for its turn while the buffer that it lies in is used again.
    const parsed = parseRtp(Buffer.from(packet));
    if (!parsed || parsed.payloadType !== track.payloadType) continue;
    for (const one of sorter.add({ ...parsed, timestamp: stamp(parsed.timestamp), at })) take(one);
    if (out.writableNeedDrain) await once(out, 'drain');
  }
  for (const one of sorter.rest()) take(one);
  endPicture();
  out.end();
  await once(out, 'finish');
  setTimes(frames, reports, track);
  return { track, path, frames, lastAt };
};

/** Where one piece of a stream ends and the next begins: after a pause, and where the size of the video changes. */
const piecesOf = (frames: readonly Frame[]): Frame[][] => {
  const pieces: Frame[][] = [];
  let shape: string | undefined;
  for (const frame of frames) {
    const last = pieces.at(-1)?.at(-1);
    const isOther = frame.shape !== undefined && frame.shape !== shape;
    if (frame.shape !== undefined) shape = frame.shape;
    if (!last || isOther || frame.at - last.at > longestGap) pieces.push([frame]);
    else pieces.at(-1)?.push(frame);
  }
  return pieces;
};

const setTimes = (frames: readonly Frame[], reports: readonly Report[], { clockRate }: Track): void => {
  const start = frames[0]?.at ?? 0;
  const pieces = piecesOf(frames);
  let fallback: number | undefined;
  for (const [index, piece] of pieces.entries()) {
    const from = piece[0]?.at ?? 0;
    const to = pieces[index + 1]?.[0]?.at ?? Number.POSITIVE_INFINITY;
    const own = reports.filter(({ at }) => at >= from && at < to);
    const { times, offset } = timesOf(piece, {
      reports: own,
      rate: clockRate,
      start,
      ...(fallback === undefined ? {} : { fallback }),
    });
    if (own.length) fallback = offset;
    for (const [place, frame] of piece.entries()) frame.time = times[place] as number;
  }
};

import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { videoCodecs } from './codecs.ts';
import type { Sink } from './ffmpeg.ts';
import { frameRate, type Shot, type Span } from './plan.ts';
import type { Loaded } from './tracks.ts';

export const size = { width: 1280, height: 720 };
const inset = { width: 288, height: 162, margin: 16 };
const background = '0x15181d';

/** The frames of a track that a shot needs: from the key frame before its first one. */
type Cut = { loaded: Loaded; first: number; last: number; skip: number };

/** `startedAt`: ms since 1970 of the recording's frame 0. */
export const cutFor = (loaded: Loaded, span: Span, shot: Shot, startedAt: number): Cut => {
  const { frames } = loaded;
  const from = startedAt + (shot.from / frameRate) * 1000;
  const to = startedAt + (shot.to / frameRate) * 1000;
  let first = span.first;
  for (let at = span.first; at <= span.last && (frames[at]?.time ?? 0) <= from; at++) if (frames[at]?.isKey) first = at;
  let last = first;
  while (last < span.last && (frames[last + 1]?.time ?? to) < to) last++;
  return { loaded, first, last, skip: Math.max(0, from - (frames[first]?.time ?? from)) / 1000 };
};

const feedIvf =
  ({ loaded, first, last }: Cut) =>
  async (sink: Sink): Promise<void> => {
    const head = Buffer.alloc(32);
    head.write('DKIF', 0, 'latin1');
    head.writeUInt16LE(32, 6);
    head.write(videoCodecs[loaded.track.mimeType]?.fourcc ?? '', 8, 'latin1');
    head.writeUInt16LE(size.width, 12);
    head.writeUInt16LE(size.height, 14);
    head.writeUInt32LE(1000, 16);
    head.writeUInt32LE(1, 20);
    head.writeUInt32LE(last - first + 1, 24);
    await sink.write(head);
    const file: FileHandle = await open(loaded.path);
    try {
      const start = loaded.frames[first]?.time ?? 0;
      let before = -1;
      for (let at = first; at <= last; at++) {
        const frame = loaded.frames[at];
        if (!frame) break;
        const bytes = Buffer.alloc(12 + frame.size);
        before = Math.max(before + 1, Math.round(frame.time - start));
        bytes.writeUInt32LE(frame.size, 0);
        bytes.writeBigUInt64LE(BigInt(before), 4);
        await file.read(bytes, 12, frame.size, frame.offset);
        if (!(await sink.write(bytes))) return;
      }
    } finally {
      await file.close();
    }
  };

/** Turns a video upright. */
const turns = ['', ',transpose=clock', ',hflip,vflip', ',transpose=cclock'];
/** The frame that is seen at each 25th of a second, in the given size. The last one stays until the end. */
const steady = ({ loaded, first, skip }: Cut, { width, height }: { width: number; height: number }): string =>
  `fps=${frameRate}:start_time=${skip.toFixed(3)}${turns[loaded.frames[first]?.rotation ?? 0]},` +
  `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:${background},` +
  'setsar=1,format=yuv420p,tpad=stop=-1:stop_mode=clone';

/** Arguments of ffmpeg, and what it reads, for the frames of a shot. `captions`: file with the names (`names.ts`). */
export const shotJob = (
  shot: Shot,
  {
    tracks,
    startedAt,
    captions,
    output,
  }: { tracks: ReadonlyMap<number, Loaded>; startedAt: number; captions: string; output: string },
) => {
  const cuts = [shot.main, shot.inset].flatMap((span) => {
    const loaded = span && tracks.get(span.track);
    return span && loaded ? [cutFor(loaded, span, shot, startedAt)] : [];
  });
  const [main, small] = cuts;
  const inputs = cuts.flatMap(({ loaded }, index) => [
    ...['-f', 'ivf', '-c:v', videoCodecs[loaded.track.mimeType]?.decoder ?? ''],
    ...['-i', index === 0 ? 'pipe:0' : 'pipe:3'],
  ]);
  const card = `color=c=${background}:s=${size.width}x${size.height}:r=${frameRate}`;
  const { width, height, margin } = inset;
  const graph = !main
    ? `${card},format=yuv420p`
    : small
      ? `[0:v]${steady(main, size)}[main];[1:v]${steady(small, inset)},setpts=N/${frameRate}/TB[small];` +
        `[main]setpts=N/${frameRate}/TB[large];[large][small]overlay=${size.width - width - margin}:${size.height - height - margin}`
      : `[0:v]${steady(main, size)},setpts=N/${frameRate}/TB`;
  const args = [
    ...inputs,
    ...['-filter_complex', `${graph},subtitles=f='${captions.replace(/[\\':]/g, '\\$&')}'[out]`, '-map', '[out]'],
    ...['-frames:v', String(shot.to - shot.from), '-r', String(frameRate)],
    // No B frames, so that the shots follow one another frame by frame.
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-g', '50', '-bf', '0', '-pix_fmt', 'yuv420p'],
    ...['-profile:v', 'high', '-level', '3.1', '-f', 'h264', output],
  ];
  return { args, feeds: cuts.map(feedIvf) };
};

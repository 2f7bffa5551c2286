import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { videoCodecs } from './codecs.ts';
import type { Sink } from './ffmpeg.ts';
import { type Box, size } from './layout.ts';
import { frameRate, type Shot, type Span } from './plan.ts';
import type { Loaded } from './tracks.ts';

const background = '0x15181d';
const cell = '0x23272f';

/** The frames of a track that a shot needs: from the key frame before its first one. */
type Cut = { loaded: Loaded; first: number; last: number; skip: number };

/** `startedAt`: ms since 1970 of the recording's frame 0. */
const cutFor = (loaded: Loaded, span: Span, shot: Shot, startedAt: number): Cut => {
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
const turns = [[], ['transpose=clock'], ['hflip,vflip'], ['transpose=cclock']];
/** A filter that gives 25 frames a second in the given size. The last frame stays until the end. */
const steady = ({ loaded: { frames }, first, last, skip }: Cut, { width, height }: Box): string => {
  const isStill = ((frames[last]?.time ?? 0) - (frames[first]?.time ?? 0)) / 1000 < skip;
  const from = skip.toFixed(3);
  const stay = 'tpad=stop=-1:stop_mode=clone';
  return [
    // Where all frames are older than the shot, the last one is what is seen.
    isStill ? `fps=${frameRate},${stay},trim=start=${from}` : `fps=${frameRate}:start_time=${from},${stay}`,
    ...(turns[frames[first]?.rotation ?? 0] ?? []),
    `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:${background}`,
    `setsar=1,format=yuv420p,setpts=N/${frameRate}/TB`,
  ].join(',');
};

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
  const seen = shot.pictures.flatMap(({ span, box }) => {
    const loaded = tracks.get(span.track);
    return loaded ? [{ cut: cutFor(loaded, span, shot, startedAt), box }] : [];
  });
  const inputs = seen.flatMap(({ cut }, index) => [
    ...['-f', 'ivf', '-c:v', videoCodecs[cut.loaded.track.mimeType]?.decoder ?? ''],
    ...['-i', index === 0 ? 'pipe:0' : `pipe:${index + 2}`],
  ]);
  // The lowest one: a video that fills the frame, or the background.
  const isFull = seen[0]?.box.width === size.width;
  const cards = shot.labels.flatMap(({ isCard, box: { x, y, width, height } }) =>
    isCard && width < size.width ? [`drawbox=x=${x}:y=${y}:w=${width}:h=${height}:color=${cell}:t=fill`] : [],
  );
  const plain = [`color=c=${background}:s=${size.width}x${size.height}:r=${frameRate}`, ...cards, 'format=yuv420p'];
  const videos = seen.map(
    ({ cut, box }, at) => `[${at}:v]${steady(cut, box)}[${isFull && at === 0 ? 'under0' : `v${at}`}]`,
  );
  const above = seen.map(({ box }, at) => ({ at, box })).slice(isFull ? 1 : 0);
  const overlays = above.map(
    ({ at, box }, place) => `[under${place}][v${at}]overlay=${box.x}:${box.y}[under${place + 1}]`,
  );
  const graph = [...(isFull ? [] : [`${plain.join(',')}[under0]`]), ...videos, ...overlays].join(';');
  const names = `[under${above.length}]subtitles=f='${captions.replace(/[\\':]/g, '\\$&')}'[out]`;
  const args = [
    ...inputs,
    ...['-filter_complex', `${graph};${names}`, '-map', '[out]'],
    ...['-frames:v', String(shot.to - shot.from), '-r', String(frameRate)],
    // No B frames, so that the shots follow one another frame by frame.
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-g', '50', '-bf', '0', '-pix_fmt', 'yuv420p'],
    ...['-profile:v', 'high', '-level', '3.1', '-f', 'h264', output],
  ];
  return { args, feeds: seen.map(({ cut }) => feedIvf(cut)) };
};

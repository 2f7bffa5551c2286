import { createReadStream } from 'node:fs';
import { access, mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ffmpeg, type Sink } from './ffmpeg.ts';
import { readHistory, type TrackHistory } from './history.ts';
import { withoutPictures } from './layout.ts';
import { mix, sampleRate } from './mix.ts';
import { nameCaptions } from './names.ts';
import { frameRate, type Presence, planShots, type Shot, type Span } from './plan.ts';
import { speakersOf, step } from './speakers.ts';
import { type Loaded, loadTrack } from './tracks.ts';
import { shotJob } from './video.ts';

/** If no new frame of a video comes, its last one is shown no longer than this, in ms. */
const longestStill = 15_000;

const stillWriting = 1000;

export class NothingRecorded extends Error {}

type Options = {
  /** What was captured. */
  folder: string;
  output: string;
  program: string;
  /** Per cent. */
  onProgress(done: number): void;
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * After a crash of the server the process that captured may still close its files: resolves when nothing has been written for longer than
 * it waits between two writes.
 */
const settled = async (folder: string): Promise<void> => {
  for (;;) {
    const names = await readdir(folder);
    const stats = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)));
    const quiet = Date.now() - Math.max(0, ...stats.map((one) => one?.mtimeMs ?? 0));
    if (quiet > stillWriting || quiet < 0) return;
    await sleep(stillWriting - quiet);
  }
};

/** Writes a file under another name first, so that a file with the right name is complete. */
const whole = async (path: string, make: (path: string) => Promise<void>): Promise<void> => {
  if (await exists(path)) return;
  const part = path.replace(/(\.\w+)$/, '.part$1');
  await make(part);
  await rename(part, path);
};

/** The runs of frames of one size, without the times in which the camera was off. In frames of the recording. */
const spansOf = ({ track, frames }: Loaded, { to, pauses }: TrackHistory, at: (time: number) => number): Span[] => {
  const spans: Span[] = [];
  const offAt = (time: number): number =>
    Math.min(to, ...pauses.filter((pause) => pause[0] > time).map((pause) => pause[0]));
  const { clientId, source, track: number } = track;
  let start = 0;
  while (start < frames.length) {
    const first = frames[start];
    if (!first?.isKey) {
      start++;
      continue;
    }
    const off = offAt(first.at);
    let last = start;
    for (let next = start + 1; next < frames.length; next++) {
      const frame = frames[next];
      const before = frames[last];
      if (!frame || !before || frame.at > off || frame.time - before.time > longestStill) break;
      if (frame.shape !== undefined && frame.shape !== first.shape) break;
      last = next;
    }
    const next = frames[last + 1];
    const still = (frames[last]?.time ?? 0) + longestStill;
    const end = Math.min(off, still, next && next.at <= off ? next.time : Number.POSITIVE_INFINITY);
    const span = { track: number, clientId, source, from: at(first.time), to: at(end), first: start, last };
    if (span.to > span.from) spans.push(span);
    start = last + 1;
  }
  return spans;
};

/** Makes one MP4 of the captured media. Finished parts are kept, so that another attempt continues there. @returns seconds */
export const compose = async ({ folder, output, program, onProgress }: Options): Promise<number> => {
  let history = await readHistory(folder);
  if (history.stoppedAt === undefined) {
    await settled(folder);
    history = await readHistory(folder);
  }
  const tracks = new Map<number, Loaded>();
  const received = new Map<number, TrackHistory>();
  for (const one of history.tracks) {
    const loaded = await loadTrack(folder, one.track);
    if (loaded?.frames.length) tracks.set(one.track.track, loaded);
    received.set(one.track.track, one);
  }
  if (tracks.size === 0) throw new NothingRecorded('Nothing was captured.');
  const { startedAt } = history;
  const endedAt = history.stoppedAt ?? Math.max(...[...tracks.values()].map(({ lastAt }) => lastAt));
  const frames = Math.max(1, Math.ceil(((endedAt - startedAt) / 1000) * frameRate));
  const at = (time: number): number =>
    Math.max(0, Math.min(frames, Math.ceil(((time - startedAt) / 1000) * frameRate - 0.001)));

  const audio = [...tracks.values()].filter(({ track }) => track.mimeType === 'audio/opus');
  const steps = Math.ceil((endedAt - startedAt) / step);
  const loudness = new Map<number, Uint8Array>();
  for (const { track, frames: packets } of audio) {
    if (track.source !== 'mic') continue;
    const own = loudness.get(track.clientId) ?? new Uint8Array(steps);
    loudness.set(track.clientId, own);
    for (const { time, loudness: value } of packets) {
      const place = Math.floor((time - startedAt) / step);
      if (place >= 0 && place < steps) own[place] = Math.max(own[place] ?? 0, value);
    }
  }
  const presences: Presence[] = history.tracks.map(({ track, from, to }) => ({
    clientId: track.clientId,
    from: at(from),
    to: at(to),
  }));
  const spans = [...tracks.values()].flatMap((loaded) => {
    const times = received.get(loaded.track.track);
    return times && loaded.track.mimeType !== 'audio/opus' ? spansOf(loaded, times, at) : [];
  });
  const speakers = speakersOf(loudness, steps).map(({ from, clientId }) => ({
    from: at(startedAt + from * step),
    clientId,
  }));
  const shots = planShots({ frames, spans, presences, speakers, layout: history.layout });

  const work = join(folder, 'shots');
  await mkdir(work, { recursive: true });
  const sound = join(folder, 'audio.m4a');
  await whole(sound, (path) =>
    ffmpeg(
      program,
      ['-f', 'f32le', '-ar', String(sampleRate), '-ac', '2', '-i', 'pipe:0', '-c:a', 'aac', '-b:a', '96k', path],
      [(sink) => mix(audio, { startedAt, samples: Math.round((frames / frameRate) * sampleRate), sink })],
    ),
  );
  onProgress(10);

  const film = async (shot: Shot, path: string): Promise<void> => {
    const captions = join(work, 'names.ass');
    const nameOf = (id: number | undefined) => (id === undefined ? undefined : history.names.get(id)) ?? history.name;
    const make = async (one: Shot) => {
      await writeFile(captions, nameCaptions(one.labels.map((each) => ({ ...each, name: nameOf(each.clientId) }))));
      const { args, feeds } = shotJob(one, { tracks, startedAt, captions, output: path });
      await ffmpeg(program, args, feeds);
      if (one.pictures.length && (await stat(path)).size === 0) throw new Error('No frame could be decoded.');
    };
    // If a video cannot be decoded, this shot is made without videos, and the recording is not lost.
    await make(shot).catch(async (error) => {
      if (!shot.pictures.length || !(error instanceof Error) || !/^(ffmpeg ended with \d|No frame)/.test(error.message))
        throw error;
      await make({ ...shot, ...withoutPictures(shot) });
    });
  };
  const paths: string[] = [];
  for (const shot of shots) {
    const path = join(work, `${shot.from}-${shot.to}.h264`);
    await whole(path, (part) => film(shot, part));
    paths.push(path);
    onProgress(10 + (shot.to / frames) * 85);
  }

  const feed = async (sink: Sink): Promise<void> => {
    for (const path of paths)
      for await (const part of createReadStream(path)) if (!(await sink.write(part as Buffer))) return;
  };
  const part = join(folder, 'whole.mp4');
  await ffmpeg(
    program,
    [
      ...['-fflags', '+genpts', '-f', 'h264', '-framerate', String(frameRate), '-i', 'pipe:0', '-i', sound],
      ...['-map', '0:v', '-map', '1:a', '-c', 'copy', '-metadata', `title=${history.name}`],
      ...['-movflags', '+faststart', part],
    ],
    [feed],
  );
  await rename(part, output);
  return frames / frameRate;
};

import type { Got, Sent, Stream } from './counters.ts';

const grades = ['good', 'weak', 'bad'] as const;
export type Grade = (typeof grades)[number];
/** Why a connection is not good: the worst of the measured values. */
type Reason = 'loss' | 'delay' | 'narrow' | 'gaps' | 'frozen';

/** Measurements between two moments; `undefined` where nothing was sent or received, or the browser does not report it. */
type Figures = {
  /** Lost packets in percent. */
  loss?: number | undefined;
  /** Round trip in milliseconds. */
  rtt?: number | undefined;
  /** Available upload bandwidth, in kilobits a second. */
  available?: number | undefined;
  /** How long audio and video wait in the jitter buffer, in milliseconds. */
  buffer?: number | undefined;
  /** Share of the time in which a video stood still, in percent. */
  frozen?: number | undefined;
  /** Share of the audio that was lost and concealed, in percent. */
  gaps?: number | undefined;
  kbps?: number | undefined;
  fps?: number | undefined;
  width?: number | undefined;
  height?: number | undefined;
};
export type Verdict = { grade: Grade; reason: Reason | undefined; figures: Figures };

/** From these values on a connection is weak, or bad. */
const limits = {
  loss: [5, 15],
  rtt: [500, 1200],
  buffer: [400, 1000],
  gaps: [8, 20],
  frozen: [15, 40],
} as const;
/** Below these values, in kilobits a second, the bandwidth is weak, or bad, for video. */
const narrow = [120, 60] as const;
/** Fewer packets say too little about how many are lost. */
const fewest = 20;

const rank = (grade: Grade): number => grades.indexOf(grade);
const beyond = (value: number | undefined, [weak, bad]: readonly [number, number]): Grade =>
  value === undefined || value < weak ? 'good' : value < bad ? 'weak' : 'bad';

const worst = (found: readonly (readonly [Reason, Grade])[], figures: Figures): Verdict => {
  let verdict: Verdict = { grade: 'good', reason: undefined, figures };
  for (const [reason, grade] of found) if (rank(grade) > rank(verdict.grade)) verdict = { grade, reason, figures };
  return verdict;
};

const percent = (part: number, whole: number): number => Math.round((100 * Math.max(0, part)) / whole);
const lossOf = (lost: number, arrived: number): number | undefined =>
  lost + arrived < fewest ? undefined : percent(lost, lost + arrived);

/**
 * Judges the user's upload; `undefined` where the server has reported nothing new, or hardly any video is sent.
 *
 * @param before counters of the last time, see `basis`
 */
export const judgeUpload = (before: Sent, now: Sent): Verdict | undefined => {
  let [packets, lost] = [0, 0];
  for (const [ssrc, stream] of now.streams) {
    const older = before.streams.get(ssrc);
    if (!older || stream.reportedAt === older.reportedAt) continue;
    packets += stream.packets - older.packets;
    lost += stream.lost - older.lost;
  }
  if (packets < fewest) return undefined;
  const figures: Figures = {
    loss: Math.min(100, percent(lost, packets)),
    rtt: now.rtt,
    available: now.available === undefined ? undefined : Math.round(now.available / 1000),
  };
  // Without video the browser does not probe the available bandwidth.
  const { available } = now.hasVideo ? figures : {};
  return worst(
    [
      ['loss', beyond(figures.loss, limits.loss)],
      ['narrow', available === undefined || available >= narrow[0] ? 'good' : available >= narrow[1] ? 'weak' : 'bad'],
      ['delay', beyond(figures.rtt, limits.rtt)],
    ],
    figures,
  );
};

const sum = (streams: readonly Stream[], key: keyof Stream): number =>
  streams.reduce((total, stream) => total + stream[key], 0);

/**
 * Judges the download: from one participant (`isOf`), or from all. Frozen video and gaps in the audio count only if packets are lost or
 * late as well, because a busy machine causes them, too.
 */
export const judgeDownload = (before: Got, now: Got, isOf: (trackId: string) => boolean = () => true): Verdict => {
  const pairs = [...now.streams].flatMap(([id, stream]) => {
    const older = isOf(id) ? before.streams.get(id) : undefined;
    return older ? [{ stream, older }] : [];
  });
  const streams = pairs.map(({ stream }) => stream);
  const older = pairs.map((pair) => pair.older);
  const more = (key: keyof Stream): number => sum(streams, key) - sum(older, key);
  const seconds = Math.max((now.at - before.at) / 1000, 0.001);
  const videos = pairs.filter(({ stream }) => stream.width > 0);
  const [largest] = [...videos].sort((a, b) => b.stream.width - a.stream.width);
  const loss = lossOf(more('lost'), more('packets'));
  const buffer = more('emitted') > 0 ? Math.round((1000 * more('waited')) / more('emitted')) : undefined;
  const figures: Figures = {
    loss,
    rtt: now.rtt,
    buffer,
    frozen: videos.length
      ? Math.max(...videos.map((pair) => percent(pair.stream.frozen - pair.older.frozen, seconds)))
      : undefined,
    gaps: more('samples') > 0 ? percent(more('concealed'), more('samples')) : undefined,
    kbps: pairs.length ? Math.round((more('bytes') * 8) / 1000 / seconds) : undefined,
    fps: largest && Math.round((largest.stream.frames - largest.older.frames) / seconds),
    width: largest?.stream.width,
    height: largest?.stream.height,
  };
  const isOfTheLine = (loss ?? 0) >= 2 || (now.rtt ?? 0) >= 250;
  return worst(
    [
      ['loss', beyond(loss, limits.loss)],
      ['delay', beyond(now.rtt, limits.rtt)],
      ...(isOfTheLine
        ? ([
            ['gaps', beyond(figures.gaps, limits.gaps)],
            ['frozen', beyond(figures.frozen, limits.frozen)],
            ['delay', beyond(buffer, limits.buffer)],
          ] as const)
        : []),
    ],
    figures,
  );
};

/**
 * The quality of a connection over some time. Level 0 is good, 1 weak, 2 bad; on level 3, which only a download has, it stays bad
 * even though less is received.
 */
export type Steady = {
  level: number;
  /** How many verdicts in a row were worse than the level (above 0) or better (below 0). */
  row: number;
  /** The mildest of the worse ones. */
  mildest: number;
  /** How many verdicts in a row must be better: more after each relapse. */
  patience: number;
  /** Verdicts since the level went down last. */
  since: number;
};

const worseAfter = 2;
const betterAfter = 4;
const mostPatience = 32;
/** A connection that gets worse within this number of verdicts after it got better has relapsed. */
const relapse = 15;
export const steady: Steady = { level: 0, row: 0, mildest: 0, patience: betterAfter, since: relapse };

export const gradeAt = ({ level }: Steady): Grade => grades[level] ?? 'bad';

/** The state after one more verdict: worse after two in a row, one level better after four, or after more where that did not last. */
export const settle = (state: Steady, grade: Grade, last: 2 | 3): Steady => {
  const seen = rank(grade);
  const since = state.since + 1;
  const isWorse = seen > state.level || (grade === 'bad' && state.level < last);
  if (isWorse) {
    const row = Math.max(0, state.row) + 1;
    const mildest = row === 1 ? seen : Math.min(seen, state.mildest);
    if (row < worseAfter) return { ...state, row, mildest, since };
    const patience = since <= relapse ? Math.min(mostPatience, state.patience * 2) : betterAfter;
    return { level: Math.max(mildest, Math.min(state.level + 1, last)), row: 0, mildest: 0, patience, since };
  }
  if (seen >= Math.min(state.level, 2)) return { ...state, row: 0, since };
  const row = Math.min(0, state.row) - 1;
  if (-row < state.patience) return { ...state, row, since };
  return { ...state, level: state.level - 1, row: 0, since: 0 };
};

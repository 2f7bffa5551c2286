import { createModel, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { basis, type Got, gotOf, type Sent, sentOf } from '../../../media/quality/counters.ts';
import {
  type Grade,
  gradeAt,
  judgeDownload,
  judgeUpload,
  type Steady,
  settle,
  steady,
  type Verdict,
} from '../../../media/quality/judge.ts';
import type { LinkModel } from '../link.ts';
import type { ReceivingModel } from '../receiving.ts';
import type { RosterModel } from '../roster.ts';
import type { SeatModel } from '../seat.ts';
import type { PoorModel } from './poor.ts';

/** The last verdict, with the grade that has settled. */
export type Line = Verdict & { steady: Grade };
type OwnLine = {
  /** `undefined` while nothing is sent. */
  upload: Line | undefined;
  download: Line;
  /** `lowered` and `off`: camera videos are received smaller than they are shown, or not at all, so that the audio gets the bandwidth. */
  videos: 'full' | 'lowered' | 'off';
};
type Moment = { sent: Sent; got: Got };

/** Milliseconds between two measurements. */
const interval = 2_000;
/** After this number of measurements without a verdict on the upload only the media server judges it, because no video is sent. */
const longestSilence = 5;
/** The largest side of a camera video by the level of the download: layers go down before the audio breaks, and then video ends. */
const ceilings = [Number.POSITIVE_INFINITY, 640, 320, 0];

/**
 * The quality of the connection to the media server, and of the media from each participant, computed from the browser's own
 * counters.
 */
export const Lines = createModel(
  (deps: {
    seat: SeatModel;
    roster: RosterModel;
    link: LinkModel;
    receiving: ReceivingModel;
    judge: PoorModel['judge'];
  }) => {
    const { seat, roster, link, receiving, judge } = deps;
    const own = signal<OwnLine | undefined>(undefined);
    const others = new Map<number, Signal<Line | undefined>>();
    const grades = new Map<string, Steady>();
    let last: Moment | undefined;
    let silence = 0;
    let isOver = false;

    const of = (clientId: number): Signal<Line | undefined> => {
      const known = others.get(clientId) ?? signal<Line | undefined>(undefined);
      others.set(clientId, known);
      return known;
    };
    const settled = (key: string, verdict: Verdict, last: 2 | 3 = 2): Line & { level: number } => {
      const state = settle(grades.get(key) ?? steady, verdict.grade, last);
      grades.set(key, state);
      return { ...verdict, steady: gradeAt(state), level: state.level };
    };
    const reset = (): void => {
      last = undefined;
      grades.clear();
      own.value = undefined;
      for (const line of others.values()) line.value = undefined;
      others.clear();
    };

    const read = async (): Promise<Moment | undefined> => {
      const [send, receive] = (await link.session()?.reports()) ?? [];
      if (!send || !receive) return undefined;
      const at = performance.now();
      return { sent: sentOf(send), got: gotOf(receive, at) };
    };
    const measure = async (): Promise<void> => {
      const here = seat.here();
      const now = await read().catch(() => undefined);
      if (isOver || !here() || !seat.isIn()) return;
      const before = last;
      last = before && now ? { ...now, sent: basis(before.sent, now.sent) } : now;
      if (!before || !now) return;
      const sent = judgeUpload(before.sent, now.sent);
      silence = sent ? 0 : silence + 1;
      if (silence >= longestSilence) grades.delete('upload');
      const known = silence < longestSilence ? own.peek()?.upload : undefined;
      const upload = sent ? settled('upload', sent) : known;
      const download = settled('download', judgeDownload(before.got, now.got), 3);
      const videos = download.level === 0 ? 'full' : download.level < 3 ? 'lowered' : 'off';
      own.value = { upload, download, videos };
      judge('browser', 'upload', upload !== undefined && upload.steady !== 'good');
      judge('browser', 'download', download.steady !== 'good');
      receiving.limit(ceilings[download.level] ?? 0);
      const owners = new Map([...now.got.streams.keys()].map((id) => [id, link.session()?.ownerOf(id)]));
      const sending = new Set(owners.values());
      for (const id of roster.participants.peek().keys()) {
        const comes = sending.has(id);
        if (!comes) grades.delete(`of ${id}`);
        of(id).value = comes
          ? settled(
              `of ${id}`,
              judgeDownload(before.got, now.got, (track) => owners.get(track) === id),
            )
          : undefined;
      }
    };

    effect(() => {
      if (seat.selfId.value === null) return reset();
      const timer = setInterval(() => void measure(), interval);
      return () => clearInterval(timer);
    });
    effect(() => () => {
      isOver = true;
    });

    return {
      /** The quality of the user's own connection; `undefined` until it has been measured. */
      own: own as ReadonlySignal<OwnLine | undefined>,
      /** What comes from a participant; `undefined` while nothing does. */
      of: of as (clientId: number) => ReadonlySignal<Line | undefined>,
    };
  },
);

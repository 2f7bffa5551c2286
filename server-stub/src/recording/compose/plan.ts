import type { Source } from '@meetframe/contract/sfu';

export const frameRate = 25;
/** Shots are no longer than this, so that little is lost when the work is interrupted, in frames. */
const longestShot = 60 * frameRate;

/** Frames of one size that a track shows from `from` to `to`, in frames of the recording. `first` … `last`: places in its list of frames. */
export type Span = {
  track: number;
  clientId: number;
  source: Source;
  from: number;
  to: number;
  first: number;
  last: number;
};
/** When a participant was there, in frames of the recording. */
export type Presence = { clientId: number; from: number; to: number };
export type Shot = {
  from: number;
  to: number;
  /** The large video; a card with a name when there is none. */
  main: Span | undefined;
  /** The small video in a corner. */
  inset: Span | undefined;
  /** Whose name is shown; `undefined` is the meeting's. */
  clientId: number | undefined;
};

const holds = ({ from, to }: { from: number; to: number }, at: number): boolean => from <= at && at < to;

/**
 * What is seen when: a shared screen large, with who speaks in a corner; else the camera of who speaks, or the name where it is off. In
 * silence who spoke last stays; when that participant has left, one who is there, preferably with a camera.
 *
 * @param speakers who is shown from which frame on, by speech
 */
export const planShots = ({
  frames,
  spans,
  presences,
  speakers,
}: {
  frames: number;
  spans: readonly Span[];
  presences: readonly Presence[];
  speakers: readonly { from: number; clientId: number }[];
}): Shot[] => {
  const cuts = new Set<number>([0, frames]);
  for (const { from, to } of [...spans, ...presences]) cuts.add(from).add(to);
  for (const { from } of speakers) cuts.add(from);
  const at = [...cuts].filter((cut) => cut >= 0 && cut <= frames).sort((a, b) => a - b);
  const shots: Shot[] = [];
  for (const [index, from] of at.entries()) {
    const to = at[index + 1];
    if (to === undefined) break;
    const live = spans.filter((span) => holds(span, from));
    const here = new Set(presences.filter((one) => holds(one, from)).map(({ clientId }) => clientId));
    const spoke = speakers.filter((one) => one.from <= from).toReversed();
    const cameras = live.filter(({ source }) => source === 'camera');
    const clientId =
      spoke.find((one) => here.has(one.clientId))?.clientId ?? cameras[0]?.clientId ?? here.values().next().value;
    const camera = cameras.find((span) => span.clientId === clientId);
    const screen = live.find(({ source }) => source === 'screen');
    const shot: Shot = { from, to, main: screen ?? camera, inset: screen && camera, clientId };
    const before = shots.at(-1);
    const isSame = before?.main === shot.main && before?.inset === shot.inset && before?.clientId === clientId;
    if (before && isSame) before.to = to;
    else shots.push(shot);
  }
  return shots.flatMap((shot) => {
    const parts: Shot[] = [];
    for (let from = shot.from; from < shot.to; from += longestShot)
      parts.push({ ...shot, from, to: Math.min(from + longestShot, shot.to) });
    return parts;
  });
};

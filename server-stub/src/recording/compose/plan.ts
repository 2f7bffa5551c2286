import type { RecordLayout } from '@meetframe/contract/meeting/record';
import type { Source } from '@meetframe/contract/sfu';
import { gridScene, mostCells, type Scene, speakerScene } from './layout.ts';

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
export type Shot = Scene & { from: number; to: number };

const holds = ({ from, to }: { from: number; to: number }, at: number): boolean => from <= at && at < to;

const keyOf = ({ pictures, labels }: Scene): string =>
  JSON.stringify([
    pictures.map(({ span, box }) => [span.track, span.first, box]),
    labels.map(({ clientId, isCard }) => [clientId, isCard]),
  ]);

/**
 * Plans what each part of the recording shows. Layout `speaker`: a shared screen in large with the active speaker in a corner, otherwise
 * the camera of the active speaker, or the name if it is off. In silence the last speaker stays; if that participant has left, another
 * one is shown, preferably one with a camera. Layout `grid`: all participants, unless a screen is shared; if they are too many, those
 * with a camera come first, and of these the last speakers.
 *
 * @param speakers the active speaker from each frame on
 */
export const planShots = ({
  frames,
  spans,
  presences,
  speakers,
  layout,
}: {
  frames: number;
  layout: RecordLayout;
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
    const recency = (id: number): number => {
      const at = spoke.findIndex((one) => one.clientId === id);
      return at === -1 ? spoke.length : at;
    };
    const cells = [...here]
      .map((id) => ({ clientId: id, camera: cameras.find((span) => span.clientId === id) }))
      .sort((a, b) => Number(!a.camera) - Number(!b.camera) || recency(a.clientId) - recency(b.clientId))
      .slice(0, mostCells)
      .sort((a, b) => a.clientId - b.clientId);
    const scene =
      layout === 'grid' && !screen && cells.length > 0 ? gridScene(cells) : speakerScene({ screen, camera, clientId });
    const before = shots.at(-1);
    if (before && keyOf(before) === keyOf(scene)) before.to = to;
    else shots.push({ from, to, ...scene });
  }
  return shots.flatMap((shot) => {
    const parts: Shot[] = [];
    for (let from = shot.from; from < shot.to; from += longestShot)
      parts.push({ ...shot, from, to: Math.min(from + longestShot, shot.to) });
    return parts;
  });
};

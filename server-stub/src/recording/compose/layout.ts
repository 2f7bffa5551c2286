import type { Span } from './plan.ts';

export const size = { width: 1280, height: 720 };
const inset = { width: 288, height: 162, margin: 16 };
const gap = 8;
/** A grid has so many cells at most. */
export const mostCells = 9;

/** A part of the frame, in pixels. */
export type Box = { x: number; y: number; width: number; height: number };
type Picture = { span: Span; box: Box };
/** A name: in the middle of a card, or small in the corner of a video. Without a client it is the recording's. */
export type Label = { clientId: number | undefined; box: Box; isCard: boolean };
/** The content of a frame. Each picture covers those before it. */
export type Scene = { pictures: Picture[]; labels: Label[] };

const whole: Box = { x: 0, y: 0, ...size };

/** A shared screen in large, with the active speaker in a corner; without a screen the active speaker: the camera, or the name. */
export const speakerScene = (seen: {
  screen: Span | undefined;
  camera: Span | undefined;
  clientId: number | undefined;
}): Scene => {
  const { screen, camera, clientId } = seen;
  const { width, height, margin } = inset;
  const corner = { x: size.width - width - margin, y: size.height - height - margin, width, height };
  const main = screen ?? camera;
  return {
    pictures: [
      ...(main ? [{ span: main, box: whole }] : []),
      ...(screen && camera ? [{ span: camera, box: corner }] : []),
    ],
    labels: [{ clientId, box: whole, isCard: !main }],
  };
};

/** Cells of the same size, the last row in the middle. */
const boxesOf = (count: number): Box[] => {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const room = {
    width: (size.width - gap * (columns + 1)) / columns,
    height: (size.height - gap * (rows + 1)) / rows,
  };
  // Even, as the encoder wants it, and 16 to 9.
  const height = 2 * Math.floor(Math.min(room.height, (room.width * 9) / 16) / 2);
  const width = 2 * Math.floor((height * 16) / 9 / 2);
  return Array.from({ length: count }, (_, at) => {
    const row = Math.floor(at / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const even = (value: number) => 2 * Math.round(value / 2);
    const left = (size.width - inRow * width - (inRow - 1) * gap) / 2;
    const top = (size.height - rows * height - (rows - 1) * gap) / 2;
    return { x: even(left + (at % columns) * (width + gap)), y: even(top + row * (height + gap)), width, height };
  });
};

/** Each participant in a cell of the same size: the camera, or the name. A single participant fills the frame. */
export const gridScene = (cells: readonly { clientId: number | undefined; camera: Span | undefined }[]): Scene => {
  const boxes = cells.length === 1 ? [whole] : boxesOf(cells.length);
  const placed = cells.flatMap((cell, at) => (boxes[at] ? [{ ...cell, box: boxes[at] }] : []));
  return {
    pictures: placed.flatMap(({ camera, box }) => (camera ? [{ span: camera, box }] : [])),
    labels: placed.map(({ clientId, camera, box }) => ({ clientId, box, isCard: !camera })),
  };
};

/** The same scene, if no video of it can be shown. */
export const withoutPictures = ({ labels }: Scene): Scene => ({
  pictures: [],
  labels: labels.map((label) => ({ ...label, isCard: true })),
});

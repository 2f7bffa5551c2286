/** Place of a tile on the stage, in CSS pixels from its upper left corner. */
export type Place = { x: number; y: number; width: number; height: number };
export type Area = { width: number; height: number };
export type Grid = { columns: number; rows: number; tileWidth: number; tileHeight: number };

const gap = 8;
/** Width of the tiles of a strip at least, in CSS pixels: in smaller ones faces cannot be recognized. */
const smallestTile = 96;
const mostTiles = 25;

const wide = 16 / 9;

/** Width of the tiles of a grid at least: on a telephone they need space for a name, and are turned by pages. */
export const smallestOfGrid = ({ width }: Area): number => (width < 480 ? Math.min(140, width) : smallestTile);

/** True for a frame so small that it shows one participant, with the controls over the video. The style sheets use the same size. */
export const isCompact = ({ width, height }: Area): boolean => width <= 480 && height <= 360;

/**
 * The grid whose tiles are largest. Tiles are 16:9; where the stage is higher than wide they may be square or upright, if
 * they are larger then: on a telephone wide tiles would leave half of the stage empty.
 *
 * @param count number of tiles, at least 1
 * @returns columns, rows and the size of a tile in whole CSS pixels
 */
export function grid(count: number, area: Area): Grid {
  const shapes = area.width >= area.height ? [wide] : [wide, 1, 3 / 4];
  return shapes
    .map((shape) => gridOf(shape, count, area))
    .reduce((best, next) => (surface(next) > surface(best) ? next : best));
}

const surface = ({ tileWidth, tileHeight }: Grid): number => tileWidth * tileHeight;

function gridOf(aspect: number, count: number, { width, height }: Area): Grid {
  let best: Grid = { columns: 1, rows: count, tileWidth: 0, tileHeight: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const widest = (width - gap * (columns - 1)) / columns;
    const highest = (height - gap * (rows - 1)) / rows;
    const tileWidth = Math.max(0, Math.floor(Math.min(widest, highest * aspect)));
    if (tileWidth > best.tileWidth) best = { columns, rows, tileWidth, tileHeight: Math.floor(tileWidth / aspect) };
  }
  return best;
}

/** How many of `count` tiles the area can show in a grid so that none is too small. */
export function fitting(count: number, area: Area): number {
  let shown = Math.min(count, mostTiles);
  while (shown > 1 && grid(shown, area).tileWidth < smallestOfGrid(area)) shown -= 1;
  return shown;
}

/** Places of all tiles of a grid, centred; a last row that is not full is centred, too. */
export function gridPlaces(count: number, area: Area): Place[] {
  if (count === 0) return [];
  const { columns, rows, tileWidth, tileHeight } = grid(count, area);
  const top = (area.height - rows * tileHeight - gap * (rows - 1)) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const left = (area.width - inRow * tileWidth - gap * (inRow - 1)) / 2;
    return {
      x: Math.round(left + (index % columns) * (tileWidth + gap)),
      y: Math.round(top + row * (tileHeight + gap)),
      width: tileWidth,
      height: tileHeight,
    };
  });
}

/**
 * One large tile and a strip of small ones: beside it where the stage is wide, below it where it is high.
 *
 * @param count number of all tiles, the large one included
 * @returns the large place first; the strip ends where the stage does, so there may be fewer places than tiles
 */
export function focusPlaces(count: number, { width, height }: Area): Place[] {
  if (count === 0) return [];
  if (count === 1) return [{ x: 0, y: 0, width, height }];
  const beside = width >= height * 1.2;
  const smallWidth = Math.round(Math.min(224, Math.max(smallestTile, (beside ? width : height) * 0.16)));
  const smallHeight = Math.round(smallWidth / wide);
  const room = beside ? height : width;
  const step = (beside ? smallHeight : smallWidth) + gap;
  const small = Math.max(1, Math.min(count - 1, mostTiles - 1, Math.floor((room + gap) / step)));
  const start = Math.max(0, Math.round((room - small * step + gap) / 2));
  const main = beside
    ? { x: 0, y: 0, width: Math.max(0, width - smallWidth - gap), height }
    : { x: 0, y: 0, width, height: Math.max(0, height - smallHeight - gap) };
  const strip = Array.from({ length: small }, (_, index) => ({
    x: beside ? width - smallWidth : start + index * step,
    y: beside ? start + index * step : height - smallHeight,
    width: smallWidth,
    height: smallHeight,
  }));
  return [main, ...strip];
}

export const corners = ['bottom-right', 'bottom-left', 'top-left', 'top-right'] as const;
export type Corner = (typeof corners)[number];

/** Distance of a floating tile from the edges of the stage, in CSS pixels. */
export const floatingMargin = 12;

/** Place of a tile that floats above a large one, in a corner of the stage. On a high stage it is upright. */
export function floatingPlace({ width, height }: Area, corner: Corner): Place {
  const shape = width >= height ? wide : 3 / 4;
  const longer = Math.min(
    288,
    Math.max(88, Math.round(Math.min(width, height * wide) * (shape === wide ? 0.22 : 0.36))),
  );
  const tile =
    shape === wide
      ? { width: longer, height: Math.round(longer / wide) }
      : { width: Math.round(longer * shape), height: longer };
  return {
    x: corner.endsWith('left') ? floatingMargin : width - tile.width - floatingMargin,
    y: corner.startsWith('top') ? floatingMargin : height - tile.height - floatingMargin,
    ...tile,
  };
}

/** The corner that a point of the stage is nearest to. */
export const cornerAt = (area: Area, point: { x: number; y: number }): Corner =>
  `${point.y < area.height / 2 ? 'top' : 'bottom'}-${point.x < area.width / 2 ? 'left' : 'right'}`;

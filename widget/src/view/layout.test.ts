import { describe, expect, test } from 'vitest';
import {
  corners,
  fitting,
  floatingPlace,
  focusPlaces,
  grid,
  gridPlaces,
  type Place,
  smallestOfGrid,
} from './layout.ts';

const areas = [
  { width: 320, height: 420 },
  { width: 800, height: 500 },
  { width: 1600, height: 800 },
  { width: 600, height: 1200 },
];
const counts = Array.from({ length: 25 }, (_, index) => index + 1);

const overlap = (a: Place, b: Place) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('grid', () => {
  test.each([
    [1, { width: 1600, height: 900 }, 1, 1],
    [2, { width: 1600, height: 600 }, 2, 1],
    [2, { width: 400, height: 800 }, 1, 2],
    [6, { width: 304, height: 460 }, 2, 3],
    [4, { width: 1600, height: 900 }, 2, 2],
    [4, { width: 375, height: 600 }, 2, 2],
    [9, { width: 1600, height: 900 }, 3, 3],
    [25, { width: 1600, height: 900 }, 5, 5],
  ])('%i tiles in %o make %i columns and %i rows', (count, area, columns, rows) => {
    expect(grid(count, area)).toMatchObject({ columns, rows });
  });

  test('a single tile fills the side that is short', () => {
    expect(grid(1, { width: 1600, height: 900 })).toEqual({ columns: 1, rows: 1, tileWidth: 1600, tileHeight: 900 });
  });

  test('an area without size gives tiles without size', () => {
    expect(grid(3, { width: 0, height: 0 })).toMatchObject({ tileWidth: 0, tileHeight: 0 });
  });
});

describe.each(areas)('in $width × $height', (area) => {
  test.each(counts)(
    '%i tiles of a grid stay inside and apart, and are 16:9 or, on a high stage, square or upright',
    (count) => {
      const places = gridPlaces(count, area);
      expect(places).toHaveLength(count);
      for (const [index, place] of places.entries()) {
        expect(place.x).toBeGreaterThanOrEqual(0);
        expect(place.y).toBeGreaterThanOrEqual(0);
        expect(place.x + place.width).toBeLessThanOrEqual(area.width + 1);
        expect(place.y + place.height).toBeLessThanOrEqual(area.height + 1);
        const isWide = Math.abs(place.width / (16 / 9) - place.height) < 1;
        const isHigh = area.height > area.width;
        const isUpright = Math.abs(place.width / (3 / 4) - place.height) < 2;
        expect(isWide || (isHigh && (isUpright || place.width === place.height))).toBe(true);
        for (const other of places.slice(index + 1)) expect(overlap(place, other)).toBe(false);
      }
    },
  );

  test.each(counts)('the strip of %i tiles stays inside and apart from the large one', (count) => {
    const [main, ...strip] = focusPlaces(count, area);
    for (const place of strip) {
      expect(place.x + place.width).toBeLessThanOrEqual(area.width + 1);
      expect(place.y + place.height).toBeLessThanOrEqual(area.height + 1);
      expect(overlap(place, main as Place)).toBe(false);
    }
  });

  test.each(corners)('a floating tile stays inside, %s', (corner) => {
    const place = floatingPlace(area, corner);
    expect(place.x).toBeGreaterThan(0);
    expect(place.y).toBeGreaterThan(0);
    expect(place.x + place.width).toBeLessThan(area.width);
    expect(place.y + place.height).toBeLessThan(area.height);
    expect(place.width * place.height).toBeLessThan((area.width * area.height) / 6);
    expect(corner).toContain(place.x < area.width / 2 - place.width / 2 ? 'left' : 'right');
  });

  test('as many tiles are shown as fit with a size that shows faces', () => {
    expect(grid(fitting(25, area), area).tileWidth).toBeGreaterThanOrEqual(smallestOfGrid(area));
  });
});

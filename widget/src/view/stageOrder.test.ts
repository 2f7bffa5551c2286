import { describe, expect, test } from 'vitest';
import type { Place } from './layout.ts';
import { pageOf } from './stageOrder.ts';

const area = { width: 1600, height: 900 };
const people = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const page = (
  count: number,
  number: number,
  more: { focus?: number; speaker?: number; area?: typeof area } = {},
): { items: number[]; pages: number; page: number; places: Place[] } => {
  const { placed, ...rest } = pageOf({
    items: people(count),
    area: more.area ?? area,
    page: number,
    focus: more.focus,
    speaker: more.speaker,
  });
  return { ...rest, items: placed.map(({ item }) => item), places: placed.map(({ place }) => place) };
};

describe('the grid', () => {
  test('shows all participants on one page as long as they fit', () => {
    expect(page(25, 0)).toMatchObject({ items: people(25), pages: 1 });
  });

  test('goes on over pages, in order, and leaves out no participant', () => {
    const seen = [0, 1, 2].flatMap((number) => page(60, number).items);
    expect(page(60, 0).pages).toBe(3);
    expect(seen).toEqual(people(60));
  });

  test('gives the few tiles of a last page all the space', () => {
    expect(page(26, 1)).toMatchObject({ items: [26] });
    expect(page(26, 1).places[0]?.width).toBe(1600);
  });

  test('falls back to the last page when there are fewer pages', () => {
    expect(page(30, 9)).toMatchObject({ page: 1, items: people(30).slice(25) });
    expect(page(3, 9)).toMatchObject({ page: 0, items: people(3) });
  });

  test('has more pages on a small screen', () => {
    expect(page(25, 0, { area: { width: 320, height: 420 } }).pages).toBeGreaterThan(1);
  });
});

describe('who speaks', () => {
  test('is on the first page, in its last place', () => {
    expect(page(60, 0, { speaker: 40 }).items).toEqual([...people(24), 40]);
  });

  test('stays in place on the other pages, and no other tile moves', () => {
    expect(page(60, 1, { speaker: 40 }).items).toEqual(page(60, 1).items);
    expect(page(60, 0, { speaker: 3 }).items).toEqual(page(60, 0).items);
  });
});

describe('a large tile', () => {
  test('stands first on every page, and the strip goes on', () => {
    const { pages } = page(60, 0, { focus: 7 });
    const strips = Array.from({ length: pages }, (_, number) => page(60, number, { focus: 7 }).items);
    for (const [first] of strips) expect(first).toBe(7);
    expect(strips.flatMap(([, ...strip]) => strip)).toEqual(people(60).filter((one) => one !== 7));
  });

  test('may stand alone', () => {
    expect(page(1, 0, { focus: 1 })).toMatchObject({ items: [1], pages: 1 });
  });
});

test('a stage without size, or without people, shows nothing', () => {
  expect(page(3, 0, { area: { width: 0, height: 0 } })).toMatchObject({ items: [], pages: 1 });
  expect(page(0, 0)).toMatchObject({ items: [], pages: 1 });
});

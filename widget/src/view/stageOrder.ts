import {
  type Area,
  type Corner,
  fitting,
  floatingMargin,
  floatingPlace,
  focusPlaces,
  gridPlaces,
  type Place,
} from './layout.ts';

/** The tiles on a page of the stage, and their places; `pages` is the number of pages. */
export type Page<Item> = {
  placed: { item: Item; place: Place }[];
  pages: number;
  page: number;
  floating?: Floating<Item> | undefined;
};
/** An item above the others, and the corner that it covers. */
type Floating<Item> = { item: Item; corner: Corner; width: number };

/**
 * Spreads tiles over as many pages as it takes, always in the same order, so that every tile stays on its page.
 *
 * @param focus stands large on every page
 * @param speaker must be visible on the first page: takes the last place there if it is on another page
 * @param floating stands in a corner above the others
 */
export const pageOf = <Item>(input: {
  items: readonly Item[];
  area: Area;
  page: number;
  focus: Item | undefined;
  speaker: Item | undefined;
  floating?: { item: Item; corner: Corner } | undefined;
}): Page<Item> => {
  const { area, focus, speaker, floating } = input;
  if (area.width === 0 || area.height === 0 || input.items.length === 0) return { placed: [], pages: 1, page: 0 };
  const rest = input.items.filter((item) => item !== focus && item !== floating?.item);
  const room = focus === undefined ? fitting(rest.length, area) : focusPlaces(rest.length + 1, area).length - 1;
  const pages = Math.max(1, Math.ceil(rest.length / Math.max(1, room)));
  const page = Math.min(input.page, pages - 1);
  const shown = rest.slice(page * room, (page + 1) * room);
  if (page === 0 && room > 1 && speaker !== undefined && speaker !== focus && !shown.includes(speaker))
    shown[room - 1] = speaker;
  const items = focus === undefined ? shown : [focus, ...shown];
  const places = focus === undefined ? gridPlaces(items.length, area) : focusPlaces(items.length, area);
  const placed = items.flatMap((item, index) => {
    const place = places[index];
    return place ? [{ item, place }] : [];
  });
  if (!floating) return { placed, pages, page };
  const place = floatingPlace(area, floating.corner);
  placed.push({ item: floating.item, place });
  return { placed, pages, page, floating: { ...floating, width: place.width + floatingMargin } };
};

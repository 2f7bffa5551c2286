import { RTCPeerError } from '@meetframe/contract';
import { expect, test } from 'vitest';
import { createGrowingList, createPagedList } from './list.ts';

type Item = { id: number };
type Page = { pageNo: number; pageSize: number };

/** A list on a server that answers pages of it; each request is answered when the test says so, or at once. */
const server = (count: number) => {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const asked: Page[] = [];
  const fetch = async (page: Page) => {
    asked.push(page);
    const from = page.pageNo * page.pageSize;
    const items: Item[] = ids.slice(from, from + page.pageSize).map((id) => ({ id }));
    return { items, hasMore: from + page.pageSize < ids.length, total: ids.length };
  };
  return { ids, asked, fetch };
};
const idsOf = (items: readonly Item[] | undefined) => items?.map(({ id }) => id);

test('grows page by page, and requests all shown entries when it is reloaded', async () => {
  const { fetch, asked } = server(5);
  const list = createGrowingList(fetch, 2);
  expect(list.items.value).toBeUndefined();
  await list.reload();
  expect(idsOf(list.items.value)).toEqual([1, 2]);
  await list.more();
  await list.more();
  expect(idsOf(list.items.value)).toEqual([1, 2, 3, 4, 5]);
  expect(list.hasMore.value).toBe(false);
  await list.reload();
  expect(asked.at(-1)).toEqual({ pageNo: 0, pageSize: 6 });
});

test('starts again with one page, however many entries were shown', async () => {
  const { fetch, asked } = server(5);
  const list = createGrowingList(fetch, 2);
  await list.reload();
  await list.more();
  await list.restart();
  expect(asked.at(-1)).toEqual({ pageNo: 0, pageSize: 2 });
  expect([idsOf(list.items.value), list.hasMore.value]).toEqual([[1, 2], true]);
});

test('skips and repeats no entry when entries were removed or created in between', async () => {
  const { fetch, ids } = server(6);
  const list = createGrowingList(fetch, 2);
  await list.reload();
  list.remove(1);
  ids.shift();
  await list.more();
  expect(idsOf(list.items.value)).toEqual([2, 3]);
  ids.unshift(99);
  await list.more();
  expect(idsOf(list.items.value)).toEqual([2, 3, 4]);
  await list.more();
  expect(idsOf(list.items.value)).toEqual([2, 3, 4, 5, 6]);
  expect(list.hasMore.value).toBe(false);
});

test('an answer that comes too late is ignored', async () => {
  const answers: ((items: Item[]) => void)[] = [];
  const list = createGrowingList<Item>(
    () => new Promise((resolve) => answers.push((items) => resolve({ items, hasMore: false }))),
    10,
  );
  const first = list.reload();
  const second = list.reload();
  answers[1]?.([{ id: 2 }]);
  await second;
  expect(list.busy.value).toBe(false);
  answers[0]?.([{ id: 1 }]);
  await first;
  expect(idsOf(list.items.value)).toEqual([2]);
});

test('an error is shown as a problem, keeps the shown entries, and disappears with the next answer', async () => {
  let isDown = false;
  const { fetch } = server(2);
  const list = createGrowingList<Item>(async (page) => {
    if (isDown) throw new RTCPeerError('DISCONNECTED', 'no connection');
    return fetch(page);
  }, 2);
  await list.reload();
  isDown = true;
  await list.reload();
  expect(list.problem.value?.code).toBe('DISCONNECTED');
  expect(idsOf(list.items.value)).toEqual([1, 2]);
  isDown = false;
  await list.reload();
  expect(list.problem.value).toBeUndefined();
});

test('a paged list goes to the previous page when its last page has become empty', async () => {
  const { fetch, ids } = server(5);
  const list = createPagedList(fetch, 2);
  await list.turn(2);
  expect([idsOf(list.items.value), list.pageCount.value, list.total.value]).toEqual([[5], 3, 5]);
  ids.pop();
  await list.reload();
  expect([idsOf(list.items.value), list.pageNo.value]).toEqual([[3, 4], 1]);
});

test('forgets all entries and running requests when another user signs in', async () => {
  const answers: (() => void)[] = [];
  const list = createPagedList<Item>(
    () => new Promise((resolve) => answers.push(() => resolve({ items: [{ id: 1 }], hasMore: false, total: 1 }))),
    2,
  );
  const asked = list.turn(0);
  list.reset();
  answers[0]?.();
  await asked;
  expect(list.items.value).toBeUndefined();
});

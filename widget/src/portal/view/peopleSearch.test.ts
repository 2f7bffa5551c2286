import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CompanyUser } from '../model/users.ts';
import { PeopleSearch } from './peopleSearch.ts';

const user = (id: number): CompanyUser => ({
  id,
  account: `u${id}`,
  name: `U${id}`,
  email: null,
  phone: null,
  photo: null,
  company: null,
  level: 4,
});

const setUp = (find = async (_: string): Promise<readonly CompanyUser[]> => [user(1), user(2), user(3)]) => {
  const spy = vi.fn(find);
  const taken = signal<ReadonlySet<number>>(new Set());
  return { search: new PeopleSearch(spy, taken), find: spy, taken };
};
const pause = () => vi.advanceTimersByTimeAsync(250);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('sends one request after a pause, not one for every letter', async () => {
  const { search, find } = setUp();
  for (const text of ['a', 'al', 'ali']) search.write(text);
  await pause();
  expect(find.mock.calls).toEqual([['ali']]);
  expect(search.options.value).toHaveLength(3);
});

test('the arrow keys wrap around, and users on the list are not offered', async () => {
  const { search, taken } = setUp();
  search.write('u');
  await pause();
  search.move(-1);
  expect(search.chosen.value?.id).toBe(3);
  search.move(1);
  expect(search.chosen.value?.id).toBe(1);
  taken.value = new Set([1]);
  expect(search.options.value?.map(({ id }) => id)).toEqual([2, 3]);
});

test('an empty field offers no users, and an answer that comes after it was cleared is ignored', async () => {
  let answer = (_: readonly CompanyUser[]): void => {};
  const { search } = setUp(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  search.write('u');
  await pause();
  search.clear();
  answer([user(1)]);
  await pause();
  expect(search.options.value).toBeUndefined();
  expect(search.isOpen.value).toBe(false);
});

test('an error is shown', async () => {
  const { search } = setUp(() => Promise.reject(new Error('down')));
  search.write('u');
  await pause();
  expect(search.problem.value?.code).toBe('INTERNAL');
});

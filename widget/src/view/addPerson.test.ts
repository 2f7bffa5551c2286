import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Colleague } from '../model/callScreens.ts';
import { AddPersonView } from './addPerson.ts';

const colleague = (id: number): Colleague => ({
  user: { id, account: `u${id}`, name: `U${id}`, email: null, phone: null, photo: null, company: null },
  state: 'online',
});

const setUp = () => {
  const answers: { name: string; answer: (found: readonly Colleague[]) => void; refuse: (why: Error) => void }[] = [];
  const calls = {
    colleagues: vi.fn(
      (name = '') =>
        new Promise<readonly Colleague[]>((answer, refuse) => {
          answers.push({ name, answer, refuse });
        }),
    ),
    place: vi.fn(async () => {}),
    setShape: vi.fn(),
  };
  const view = new AddPersonView({ calls: calls as never, isAudioOnly: () => false });
  return { view, calls, answers };
};
const pause = () => vi.advanceTimersByTimeAsync(300);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('everybody is asked for at once, a name after a pause in typing', async () => {
  const { view, answers } = setUp();
  await vi.advanceTimersByTimeAsync(0);
  for (const name of ['a', 'al', 'ali']) view.search(name);
  await pause();
  expect(answers.map(({ name }) => name)).toEqual(['', 'ali']);
});

test('an answer that comes after another name was typed is ignored, and so is its failure', async () => {
  const { view, answers } = setUp();
  await pause();
  view.search('b');
  await pause();
  view.search('c');
  await pause();
  answers[2]?.answer([colleague(3)]);
  answers[0]?.answer([colleague(1)]);
  answers[1]?.refuse(new Error('late'));
  await pause();
  expect([view.found.value, view.hasFailed.value]).toEqual([[colleague(3)], false]);
});

test('a search that fails says so until the next begins', async () => {
  const { view, answers } = setUp();
  await pause();
  answers[0]?.refuse(new Error('no connection'));
  await pause();
  expect(view.hasFailed.value).toBe(true);
  view.search('b');
  await pause();
  expect(view.hasFailed.value).toBe(false);
});

test('who was called comes in, and the dialog closes; a refused call leaves it open', async () => {
  const { view, calls } = setUp();
  calls.place.mockRejectedValueOnce(new Error('busy'));
  await view.call(5);
  expect([calls.setShape.mock.calls, view.hasFailed.value]).toEqual([[], true]);
  await view.call(5);
  expect(calls.place).toHaveBeenLastCalledWith(5, 2);
  expect([calls.setShape.mock.calls, view.hasFailed.value]).toEqual([[['full']], false]);
});

import { expect, test } from 'vitest';
import { makeFairQueue } from './turns.ts';

/** A piece of work that ends when it is told to. */
const work = (name: string, started: string[]) => {
  let end = (): void => {};
  const ended = new Promise<void>((done) => {
    end = done;
  });
  const run = () => {
    started.push(name);
    return ended;
  };
  return { run, end };
};

test('a source that asks for much waits for itself; another one comes next', async () => {
  const queue = makeFairQueue(1, { source: 10, all: 20 });
  const started: string[] = [];
  const many = ['a1', 'a2', 'a3'].map((name) => work(name, started));
  const other = work('b1', started);
  const all = [...many.map(({ run }) => queue('a', run)), queue('b', other.run)];
  for (const { end } of [...many, other]) end();
  await Promise.all(all);
  expect(started).toEqual(['a1', 'a2', 'b1', 'a3']);
});

test('the queue is bounded for each source and in all, and refuses with THROTTLED', async () => {
  const queue = makeFairQueue(1, { source: 2, all: 3 });
  const started: string[] = [];
  const first = work('first', started);
  const running = queue('a', first.run);
  const waiting = [queue('a', async () => {}), queue('a', async () => {})];
  await expect(queue('a', async () => {})).rejects.toMatchObject({ code: 'THROTTLED' });
  waiting.push(queue('b', async () => {}));
  await expect(queue('c', async () => {})).rejects.toMatchObject({ code: 'THROTTLED' });
  first.end();
  await Promise.all([running, ...waiting]);
});

test('work that fails gives its turn to the next', async () => {
  const queue = makeFairQueue(1, { source: 2, all: 3 });
  await expect(queue('a', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(await queue('a', async () => 1)).toBe(1);
});

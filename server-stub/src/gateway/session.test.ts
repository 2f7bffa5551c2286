import { expect, test } from 'vitest';
import { Answers, Replay } from './session.ts';

test('exactly what was missed comes again', () => {
  const replay = new Replay(3);
  for (const n of [1, 2, 3, 4]) replay.add({ n });
  expect(replay.since(2)?.map((text) => JSON.parse(text))).toEqual([
    { seq: 3, n: 3 },
    { seq: 4, n: 4 },
  ]);
  expect(replay.since(4)).toEqual([]);
});

test('too much missed, or a number from the future, asks for a snapshot', () => {
  const replay = new Replay(3);
  for (const n of [1, 2, 3, 4, 5]) replay.add({ n });
  expect(replay.since(1)).toBeUndefined();
  expect(replay.since(9)).toBeUndefined();
});

test('a request is carried out once', () => {
  const answers = new Answers();
  expect(answers.begin(1)).toEqual({ known: false });
  expect(answers.begin(1)).toEqual({ known: true, text: undefined });
  answers.end(1, 'done');
  expect(answers.begin(1)).toEqual({ known: true, text: 'done' });
});

test('old answers are forgotten, work under way is not', () => {
  const answers = new Answers();
  answers.begin(0);
  for (let id = 1; id <= 300; id++) {
    answers.begin(id);
    answers.end(id, 'done');
  }
  expect(answers.begin(0).known).toBe(true);
  expect(answers.begin(1).known).toBe(false);
  expect(answers.begin(300).known).toBe(true);
});

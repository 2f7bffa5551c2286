import { expect, test } from 'vitest';
import { Answers } from './answers.ts';
import { KeptTotal } from './kept.ts';

const make = (bytes = 1e6, total = new KeptTotal()) => new Answers(total, { answers: 200, bytes });
const answer = (answers: Answers, id: number, text = 'done') => {
  answers.begin(id);
  answers.end(id, text);
};

test('a request is carried out once', () => {
  const answers = make();
  expect(answers.begin(1)).toBeUndefined();
  expect(answers.begin(1)).toEqual({ state: 'under way' });
  answers.end(1, 'done');
  expect(answers.begin(1)).toEqual({ state: 'answered', text: 'done' });
});

test('old answers are dropped, requests under way are not', () => {
  const answers = make();
  answers.begin(0);
  for (let id = 1; id <= 300; id++) answer(answers, id);
  expect(answers.begin(0)).toEqual({ state: 'under way' });
  expect(answers.begin(1)).toBeUndefined();
  expect(answers.begin(300)).toMatchObject({ state: 'answered' });
});

test('a request whose answer is not kept is carried out again, but not twice at once', () => {
  const answers = make();
  answers.begin(1);
  expect(answers.begin(1)).toEqual({ state: 'under way' });
  answers.end(1);
  expect(answers.begin(1)).toBeUndefined();
  expect(answers.bytes).toBe(0);
});

test('an answer dropped for its size is still known to have been given', () => {
  const total = new KeptTotal();
  const answers = make(100, total);
  answer(answers, 1, 'x'.repeat(30));
  answer(answers, 2, 'x'.repeat(30));
  expect(answers.begin(1)).toEqual({ state: 'dropped' });
  expect(answers.begin(2)).toMatchObject({ state: 'answered' });
  answer(answers, 3, 'x'.repeat(60));
  expect([answers.begin(2), answers.begin(3)]).toEqual([{ state: 'dropped' }, { state: 'dropped' }]);
  expect([answers.bytes, total.bytes]).toEqual([0, 0]);
});

test('answers count among what is kept for all devices, and are dropped when that gets too much', () => {
  const total = new KeptTotal(100);
  const [one, other] = [make(1e6, total), make(1e6, total)];
  answer(one, 1, 'x'.repeat(40));
  answer(other, 1, 'x'.repeat(20));
  expect(one.begin(1)).toEqual({ state: 'dropped' });
  expect(other.begin(1)).toMatchObject({ state: 'answered' });
  other.begin(2);
  other.close();
  other.end(2, 'answered after the device is gone');
  expect(total.bytes).toBe(0);
});

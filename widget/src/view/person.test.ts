import { expect, test } from 'vitest';
import { initials } from './person.ts';

test.each([
  ['Ada Lovelace', 'AL'],
  ['王小芳', '小芳'],
  ['🇩🇪 Team', '🇩🇪T'],
  ['👩‍👩‍👧 Family', '👩‍👩‍👧F'],
  ['e\u0301lodie', 'E\u0301'],
  ['  ', '?'],
])('the letters of %j are whole characters', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

import { expect, test } from 'vitest';
import { addressOf, sectionOf, sections, sectionsFor } from './sections.ts';

test.each([
  [1, true],
  [2, true],
  [4, false],
  [5, false],
  [null, false],
] as const)('level %s has the section for users: %s', (level, isThere) => {
  expect(sectionsFor(level).includes('users')).toBe(isThere);
  expect(sectionOf('#/users', level)).toBe(isThere ? 'users' : 'meetings');
});

test('every section is found by its own address, and any other address shows the meetings', () => {
  for (const section of sections) expect(sectionOf(addressOf(section), 2)).toBe(section);
  for (const hash of ['', '#', '#/', '#/?rd=1012', '#/nowhere']) expect(sectionOf(hash, 2)).toBe('meetings');
});

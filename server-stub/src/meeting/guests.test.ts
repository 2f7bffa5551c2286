import { expect, test } from 'vitest';
import { clientIdOf } from './clientId.ts';
import { Guests } from './guests.ts';

test('[3.1] a guest who comes back has the same number, and numbers of long ago are forgotten', () => {
  const guests = new Guests();
  expect(['a', 'b', 'a'].map((person) => guests.numberOf(person))).toEqual([1, 2, 1]);
  for (let n = 0; n < 1000; n++) guests.numberOf(`later ${n}`);
  expect(guests.numberOf('a')).toBe(1003);
});

test('[3.1] the id of a participant follows from the meeting and from who it is, and is never that of another', () => {
  const free = () => false;
  const person = { person: 'p', user: undefined };
  const id = clientIdOf('meeting', person, free);
  expect(clientIdOf('meeting', person, free)).toBe(id);
  expect(clientIdOf('another', person, free)).not.toBe(id);
  expect(clientIdOf('meeting', { person: 'p', user: { id: 1 } }, free)).toBe(
    clientIdOf('meeting', { person: 'q', user: { id: 1 } }, free),
  );
  expect(clientIdOf('meeting', person, (one) => one === id)).not.toBe(id);
  expect(id).toBeGreaterThan(0);
  expect(id).toBeLessThan(2 ** 31);
});

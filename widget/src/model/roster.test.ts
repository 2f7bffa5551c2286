import { expect, test } from 'vitest';
import { applyRoster, mergeChat, rosterOf, sizeClass } from './roster.ts';
import { participant } from './testing.ts';

const somebody = (id: number, video = false) => participant(id, { video });

test('people come, change and go, in order of arrival', () => {
  const roster = applyRoster(rosterOf([somebody(3), somebody(1)]), {
    joined: [somebody(2)],
    changed: [somebody(1, true)],
    left: [3],
  });
  expect([...roster.keys()]).toEqual([1, 2]);
  expect(roster.get(1)?.video).toBe(true);
});

test('news of somebody who left does not bring them back', () => {
  expect(applyRoster(rosterOf([]), { joined: [], changed: [somebody(1)], left: [] }).size).toBe(0);
});

test('a line of the chat that comes twice stands once', () => {
  const chat = [{ id: 1, time: 1 }];
  expect(mergeChat(chat, [{ id: 1, time: 1 }])).toBe(chat);
  expect(
    mergeChat(chat, [
      { id: 3, time: 3 },
      { id: 2, time: 2 },
    ]).map(({ id }) => id),
  ).toEqual([1, 2, 3]);
});

test('sizes fall into the classes of the layers', () => {
  expect([0, 1, 320, 321, 1280, 4000].map(sizeClass)).toEqual([0, 320, 320, 640, 1280, 1920]);
});

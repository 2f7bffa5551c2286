import { expect, test } from 'vitest';
import { Door } from './door.ts';

test('a door that was stored is as it was: who was let in need not wait again, also where it is locked', () => {
  for (const isLocked of [false, true]) {
    const door = new Door();
    door.remember('known');
    door.setWaitingRoom(true, 'moderator');
    door.set(isLocked);
    const again = new Door(door.state);
    expect([again.isLocked, again.hasWaitingRoom]).toEqual([isLocked, true]);
    expect(again.mustWait('known', 'guest')).toBe(false);
    expect(again.mustWait('stranger', 'guest')).toBe(true);
    expect(again.state).toEqual(door.state);
  }
  expect(JSON.stringify(new Door().state)).not.toContain('known');
});

test('what the moderator says about the waiting room counts before what the room says', () => {
  const door = new Door();
  expect(door.setWaitingRoom(true, 'data')).toBe(true);
  expect(door.setWaitingRoom(false, 'moderator')).toBe(true);
  expect(door.setWaitingRoom(true, 'data')).toBe(false);
  expect(door.hasWaitingRoom).toBe(false);
  for (const standing of ['member', 'moderator', 'administrator', 'owner'] as const) {
    door.setWaitingRoom(true, 'moderator');
    expect(door.mustWait('new', standing), standing).toBe(false);
  }
});

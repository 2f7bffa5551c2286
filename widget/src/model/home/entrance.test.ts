import { RTCPeerError } from '@meetframe/contract';
import { describe, expect, test, vi } from 'vitest';
import { createEntrance, readTyped } from './entrance.ts';

describe('what people type', () => {
  test.each([
    ['1012', { kind: 'room', number: '1012' }],
    [' 10 12 ', { kind: 'room', number: '1012' }],
    ['123 456 7890', { kind: 'code', number: '1234567890' }],
    ['123-456-7890', { kind: 'code', number: '1234567890' }],
    ['https://meet.example/app/#/?code=1234567890', { kind: 'code', number: '1234567890' }],
    ['https://meet.example/app/#/?rd=1012&name=Ann', { kind: 'room', number: '1012' }],
  ])('%s is understood', (text, target) => {
    expect(readTyped(text)).toEqual(target);
  });

  test.each(['', 'abc', '0', '1.5', '1234567890123456', 'https://meet.example/app/', '?code=<script>'])(
    '%s is not',
    (text) => {
      expect(readTyped(text)).toBeUndefined();
    },
  );
});

const by = 'appointment.getRoomByInviteCode';
const setUp = (answers: Record<string, unknown>) => {
  const openLobby = vi.fn(async () => {});
  const call = vi.fn(async (name: string, _input: unknown) => {
    const answer = answers[name];
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const ask = (input: unknown) => call(by, input) as never;
  return { entrance: createEntrance({ call } as never, { ask }, openLobby), openLobby, call };
};

test('a code that opens a room leads to its lobby, and back there by its address', async () => {
  const { entrance, openLobby, call } = setUp({ [by]: { result: 0, room: { id: 5 }, meeting: null } });
  expect(await entrance.type('123 456 7890')).toEqual({ state: 'open', address: '#/?code=1234567890' });
  expect(call).toHaveBeenCalledWith(by, { inviteCode: '1234567890' });
  expect(openLobby).toHaveBeenCalledWith(5);
});

test('an appointment is opened by its id', async () => {
  const { entrance, call } = setUp({ [by]: { result: 0, room: { id: 5 }, meeting: null } });
  expect(await entrance.appointment(77)).toEqual({ state: 'open', address: '#/?code=77' });
  expect(call).toHaveBeenCalledWith(by, { code: 77 });
});

test.each([
  [3, { state: 'early', startTime: '2026-11-23T09:00:00.000Z' }],
  [4, { state: 'over' }],
  [5, { state: 'unknown' }],
])('result %i leads nowhere and says why', async (result, entered) => {
  const meeting = { startTime: '2026-11-23T09:00:00.000Z' };
  const { entrance, openLobby } = setUp({ [by]: { result, room: null, meeting } });
  expect(await entrance.type('1234567890')).toEqual(entered);
  expect(openLobby).not.toHaveBeenCalled();
});

test('a room number leads to its lobby; one that is not there is unknown; other refusals are passed on', async () => {
  expect(await setUp({ 'room.getRoomById': { room: { id: 1012 } } }).entrance.type('1012')).toEqual({
    state: 'open',
    address: '#/?rd=1012',
  });
  const missing = setUp({ 'room.getRoomById': new RTCPeerError('NOT_FOUND', 'no') });
  expect(await missing.entrance.type('1012')).toEqual({ state: 'unknown' });
  const down = setUp({ 'room.getRoomById': new RTCPeerError('DISCONNECTED', 'no') });
  await expect(down.entrance.type('1012')).rejects.toMatchObject({ code: 'DISCONNECTED' });
});

test('what is no number asks nobody', async () => {
  const { entrance, call } = setUp({});
  expect(await entrance.type('hello')).toBeUndefined();
  expect(call).not.toHaveBeenCalled();
});

import { RTCPeerError } from '@meetframe/contract';
import { describe, expect, test, vi } from 'vitest';
import { Entry, readTyped } from './entry.ts';

describe('typed text', () => {
  test.each([
    ['1012', { roomId: 1012 }],
    [' 10 12 ', { roomId: 1012 }],
    ['123 456 7890', { code: '1234567890' }],
    ['123-456-7890', { code: '1234567890' }],
    ['https://meet.example/app/#/?code=1234567890', { code: '1234567890' }],
    ['https://meet.example/app/#/?rd=1012&name=Ann', { roomId: 1012 }],
    ['\u200b１２３ ４５６ ７８９０\ufeff', { code: '1234567890' }],
    ['Invite code: 123 456 7890.', { code: '1234567890' }],
    ['Join (https://meet.example/app/#/?code=1234567890), at 10:30!', { code: '1234567890' }],
    ['Room 1012.', { roomId: 1012 }],
  ])('%s is understood', (text, target) => {
    expect(readTyped(text)).toEqual(target);
  });

  test.each(['', 'abc', '0', '1.5', '1234567890123456', 'https://meet.example/app/', '?code=<script>', '?rd=abc'])(
    '%s is not',
    (text) => {
      expect(readTyped(text)).toBeUndefined();
    },
  );
});

const setUp = (answers: { code?: unknown; room?: unknown }) => {
  const openLobby = vi.fn(async () => {});
  const answer = async (value: unknown) => {
    if (value instanceof Error) throw value;
    return value as never;
  };
  const ask = vi.fn((_: unknown) => answer(answers.code));
  const call = vi.fn((_name: string, _input: unknown) => answer(answers.room));
  const admissions = { ask, within: <T>(_: number, act: () => Promise<T>) => act() };
  return { entry: new Entry({ client: { call } as never, admissions, openLobby }), openLobby, ask, call };
};
const open = { result: 0, room: { id: 5 }, meeting: null };

test('a code that opens a room leads to its lobby, and its address leads there again', async () => {
  const { entry, openLobby, ask } = setUp({ code: open });
  expect(await entry.type('123 456 7890')).toEqual({ reason: 'open', address: '#/?code=1234567890' });
  expect(ask).toHaveBeenCalledWith({ inviteCode: '1234567890' });
  expect(openLobby).toHaveBeenCalledWith({ code: '1234567890' });
});

test('an appointment is opened by its id', async () => {
  const { entry, ask } = setUp({ code: open });
  expect(await entry.appointment(77)).toEqual({ reason: 'open', address: '#/?code=77' });
  expect(ask).toHaveBeenCalledWith({ code: '77' });
});

test.each([
  [3, { reason: 'early', startTime: Date.UTC(2026, 10, 23, 9) }],
  [4, { reason: 'over' }],
  [5, { reason: 'unknown' }],
])('result %i opens no lobby and gives the reason', async (result, entered) => {
  const meeting = { startTime: '2026-11-23T09:00:00.000Z' };
  const { entry, openLobby } = setUp({ code: { result, room: null, meeting } });
  expect(await entry.type('1234567890')).toMatchObject(entered);
  expect(openLobby).not.toHaveBeenCalled();
});

test('a room number leads to its lobby; a missing room is unknown; other errors are passed on', async () => {
  const { entry, openLobby } = setUp({ room: { room: { id: 1012, appointmentId: null } } });
  expect(await entry.type('1012')).toEqual({ reason: 'open', address: '#/?rd=1012' });
  expect(openLobby).toHaveBeenCalledWith({ roomId: 1012 });
  const missing = setUp({ room: new RTCPeerError('NOT_FOUND', 'no') });
  expect(await missing.entry.type('1012')).toEqual({ reason: 'unknown' });
  const down = setUp({ room: new RTCPeerError('DISCONNECTED', 'no') });
  await expect(down.entry.type('1012')).rejects.toMatchObject({ code: 'DISCONNECTED' });
});

test('a text without a number sends no request', async () => {
  const { entry, call, ask } = setUp({});
  expect(await entry.type('hello')).toBeUndefined();
  expect(call).not.toHaveBeenCalled();
  expect(ask).not.toHaveBeenCalled();
});

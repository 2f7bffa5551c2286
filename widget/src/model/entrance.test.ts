import { RTCPeerError } from '@meetframe/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAdmissions } from './admissions.ts';
import { Entrance } from './entrance.ts';

const start = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: start - 60 * minute });
});
afterEach(() => {
  vi.useRealTimers();
});

const early = (startTime = start) => ({
  result: 3,
  room: { id: 7 },
  meeting: {
    name: 'Review',
    startTime: new Date(startTime).toISOString(),
    endTime: new Date(startTime + 60 * minute).toISOString(),
  },
});
const open = { result: 0, room: { id: 7, name: 'Room', isHasPwd: false, logo: null }, meeting: { name: 'Review' } };
const unknown = { result: 5, room: null, meeting: null };

/** A platform whose answers to a code the test sets; it records the calls. */
const setUp = (answers: { code: unknown; room?: unknown }) => {
  const asked: unknown[] = [];
  const answer = async (value: unknown) => {
    if (value instanceof RTCPeerError) throw value;
    return value;
  };
  const client = {
    send: async (...call: unknown[]) => {
      asked.push(call);
      return answer(answers.code);
    },
    call: async (...call: unknown[]) => {
      asked.push(call);
      return { room: await answer(answers.room) };
    },
    welcome: async () => ({ resumeToken: 'session' }),
  } as never;
  const lobby: boolean[] = [];
  const problems: (string | undefined)[] = [];
  const entrance = new Entrance({
    client,
    admissions: createAdmissions(client),
    now: () => Date.now(),
    openBefore: () => 5 * minute,
    report: (error) => problems.push(error?.code),
    onLobby: (isOpen) => lobby.push(isOpen),
  });
  return { entrance, answers, asked, lobby, problem: () => problems.at(-1) };
};

describe('[7.2] a code', () => {
  test('of ten digits is an invite code first, then an id; a shorter one is an id', async () => {
    const { entrance, answers, asked } = setUp({ code: unknown });
    await expect(entrance.open({ code: '1234567890' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(asked).toEqual([
      ['appointment.getRoomByInviteCode', { inviteCode: '1234567890' }],
      ['appointment.getRoomByInviteCode', { code: '1234567890' }],
    ]);
    expect(entrance.stage.value).toBe('closed');
    expect(entrance.closed.value).toEqual({ reason: 'unknown' });
    asked.length = 0;
    answers.code = open;
    await entrance.open({ code: '6656' });
    expect(asked).toEqual([['appointment.getRoomByInviteCode', { code: '6656' }]]);
    expect(entrance.stage.value).toBe('lobby');
    expect(entrance.room.value).toEqual({ roomId: 7, name: 'Review', isHasPwd: false, logo: null });
  });

  test('that is no number is not asked for', async () => {
    const { entrance, asked } = setUp({ code: open });
    await expect(entrance.open({ code: 'abc' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(asked).toEqual([]);
    expect(entrance.closed.value?.reason).toBe('unknown');
  });

  test('that is over says so and asks no more', async () => {
    const { entrance, asked } = setUp({ code: { ...early(), result: 4 } });
    await expect(entrance.open({ code: '5' })).rejects.toMatchObject({ code: 'ROOM_NOT_OPEN' });
    expect(entrance.closed.value).toMatchObject({ reason: 'over', name: 'Review', startTime: start });
    await vi.advanceTimersByTimeAsync(60 * minute);
    expect(asked).toHaveLength(1);
  });
});

describe('waiting', () => {
  test('asks again, follows a changed start, and opens the lobby by itself', async () => {
    const { entrance, answers, lobby } = setUp({ code: early() });
    await entrance.open({ code: '5' }).catch(() => {});
    expect(entrance.closed.value).toMatchObject({ reason: 'early', name: 'Review', startTime: start });
    answers.code = early(start + minute);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(entrance.closed.value?.startTime).toBe(start + minute);
    expect(lobby).toEqual([]);
    answers.code = open;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(entrance.stage.value).toBe('lobby');
    expect(lobby).toEqual([true]);
  });

  test('asks when the room opens, and not only every quarter of a minute', async () => {
    const { entrance, answers } = setUp({ code: early(start - 55 * minute + 5_000) });
    await entrance.open({ code: '5' }).catch(() => {});
    answers.code = open;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(entrance.stage.value).toBe('lobby');
  });

  test('goes on while the platform does not answer for a while, without showing an error', async () => {
    const { entrance, answers, problem } = setUp({ code: early() });
    await entrance.open({ code: '5' }).catch(() => {});
    answers.code = new RTCPeerError('DISCONNECTED', 'gone');
    await vi.advanceTimersByTimeAsync(minute);
    expect(entrance.stage.value).toBe('closed');
    expect(problem()).toBeUndefined();
    answers.code = open;
    await vi.advanceTimersByTimeAsync(minute);
    expect(entrance.stage.value).toBe('lobby');
  });

  test('waits as long as a throttling platform asks for', async () => {
    const throttled = new RTCPeerError('THROTTLED', 'slow down', { retryAfter: 45_000 });
    const { entrance, answers, asked, problem } = setUp({ code: throttled });
    await entrance.open({ code: '5' }).catch(() => {});
    expect(problem()).toBe('THROTTLED');
    answers.code = open;
    await vi.advanceTimersByTimeAsync(44_000);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(entrance.stage.value).toBe('lobby');
    expect(problem()).toBeUndefined();
  });

  test('ends when the user opens another target', async () => {
    const { entrance, asked } = setUp({ code: early() });
    await entrance.open({ code: '5' }).catch(() => {});
    entrance.leave();
    await vi.advanceTimersByTimeAsync(60 * minute);
    expect(asked).toHaveLength(1);
    expect(entrance.stage.value).toBeUndefined();
  });
});

describe('[7.1] a room number', () => {
  const room = { id: 7, name: 'Room', isHasPwd: true, logo: null, appointmentId: null, appointmentName: null };

  test('leads to the lobby', async () => {
    const { entrance, lobby } = setUp({ code: unknown, room });
    await entrance.open({ roomId: 7 });
    expect(entrance.room.value).toEqual({ roomId: 7, name: 'Room', isHasPwd: true, logo: null });
    expect(lobby).toEqual([true]);
  });

  test('of an appointment’s room opens only at the times of the appointment', async () => {
    const { entrance } = setUp({ code: early(), room: { ...room, appointmentId: 3, appointmentName: 'Review' } });
    await expect(entrance.open({ roomId: 7 })).rejects.toMatchObject({ code: 'ROOM_NOT_OPEN' });
    expect(entrance.closed.value).toMatchObject({ reason: 'early', startTime: start });
  });

  test('of an appointment that the user may not read leads to the lobby', async () => {
    const { entrance } = setUp({ code: unknown, room: { ...room, appointmentId: 3, appointmentName: 'Review' } });
    await entrance.open({ roomId: 7 });
    expect(entrance.stage.value).toBe('lobby');
  });
});

describe('entering', () => {
  test('if the room has closed, entering from the lobby shows that screen and turns the devices off', async () => {
    const { entrance, answers, lobby } = setUp({ code: open });
    await entrance.open({ code: '5' });
    const refusal = new RTCPeerError('ROOM_NOT_OPEN', 'early', {
      reason: 'early',
      startTime: new Date(start).toISOString(),
    });
    answers.code = early();
    expect(entrance.refused(refusal)).toBe(true);
    expect(entrance.closed.value).toMatchObject({ reason: 'early', name: 'Review', startTime: start });
    expect(lobby).toEqual([true, false]);
    answers.code = open;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(lobby).toEqual([true, false, true]);
  });

  test('after a full room or a wrong password the lobby stays open', async () => {
    const { entrance } = setUp({ code: open });
    await entrance.open({ code: '5' });
    for (const code of ['ROOM_FULL', 'WRONG_PASSWORD'] as const)
      expect(entrance.refused(new RTCPeerError(code, code))).toBe(false);
    expect(entrance.stage.value).toBe('lobby');
  });

  test('an answer for an older target changes nothing', async () => {
    const { entrance, answers } = setUp({ code: open, room: undefined });
    let late: (value: unknown) => void = () => {};
    answers.code = new Promise((resolve) => {
      late = resolve;
    });
    const first = entrance.open({ code: '5' });
    await vi.advanceTimersByTimeAsync(0);
    answers.code = early();
    await entrance.open({ code: '6' }).catch(() => {});
    late(open);
    await first;
    expect(entrance.stage.value).toBe('closed');
  });
});

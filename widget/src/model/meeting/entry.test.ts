import { afterEach, describe, expect, test, vi } from 'vitest';
import { fakeMeeting, participant, snapshotOf } from '../testing.ts';

afterEach(() => void vi.unstubAllGlobals());

describe('two entries at once', () => {
  test('into one room are one request, with one answer', async () => {
    const { server, meeting } = fakeMeeting();
    server.next(snapshotOf(1, [participant(2)]));
    const [first, second] = await Promise.all([meeting.enter({ roomId: 1012 }), meeting.enter({ roomId: 1012 })]);
    expect(server.named('meeting.enter')).toHaveLength(1);
    expect(second).toBe(first);
    expect(first).toMatchObject({ client: { id: 1 }, members: [{ id: 2 }], room: { id: 1012 } });
  });

  test('into two rooms are refused, also after the first has succeeded', async () => {
    const { server, meeting } = fakeMeeting();
    const first = meeting.enter({ roomId: 1012 });
    await expect(meeting.enter({ roomId: 7 })).rejects.toMatchObject({ code: 'CONFLICT', details: { roomId: 1012 } });
    await first;
    await expect(meeting.enter({ roomId: 7 })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(server.named('meeting.enter')).toHaveLength(1);
  });

  test('one after the other, when the first was given up or refused, are entries of their own', async () => {
    const { server, meeting } = fakeMeeting();
    const givenUp = expect(meeting.enter({ roomId: 7 })).rejects.toMatchObject({ code: 'CONFLICT' });
    await meeting.exit();
    expect(meeting.entering.value).toBe(false);
    await meeting.enter({ roomId: 1012 });
    await givenUp;
    expect(server.asked.map(([name]) => name).filter((name) => name.startsWith('meeting.'))).toEqual([
      // The first was given up before it was sent.
      'meeting.exit',
      'meeting.enter',
    ]);
    expect(meeting.seat.isIn()).toBe(true);
    await meeting.exit();
    server.refuse('meeting.enter', 'ROOM_FULL');
    await expect(meeting.enter({ roomId: 7 })).rejects.toMatchObject({ code: 'ROOM_FULL' });
    server.allow('meeting.enter');
    await meeting.enter({ roomId: 1012 });
  });
});

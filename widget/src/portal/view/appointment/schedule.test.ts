import { RTCPeerError } from '@meetframe/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AppointmentInput } from '../../model/appointments.ts';
import { dayKey, timeKey } from '../format.ts';
import { createScheduleForm, freshSchedule, lengthOf, moveStart, scheduleOf, withLength } from './schedule.ts';

const now = new Date(2026, 10, 23, 9, 12).getTime();
const made = { meetingId: 1, roomId: 2, inviteCode: '1234567890', mail: { sent: 0, unsent: 0 } };
const place = { language: 'en', timeZone: 'Europe/Berlin' } as const;

const setUp = (error?: RTCPeerError) => {
  const create = vi.fn(async (_: AppointmentInput) => {
    if (error) throw error;
    return made;
  });
  const onMade = vi.fn();
  const form = createScheduleForm({ appointments: { create, update: vi.fn() }, now: () => now, place, onMade });
  form.set('name', ' Review ');
  return { form, create, onMade };
};

test('a new meeting begins at the next half hour and lasts one', () => {
  expect(freshSchedule(now)).toMatchObject({
    startDay: '2026-11-23',
    startTime: '09:30',
    endDay: '2026-11-23',
    endTime: '10:30',
  });
  expect(freshSchedule(new Date(2026, 10, 23, 23, 40).getTime())).toMatchObject({
    startDay: '2026-11-24',
    startTime: '00:00',
    endDay: '2026-11-24',
  });
});

describe('moving the start', () => {
  const values = { ...freshSchedule(now), startTime: '23:00', endTime: '23:45' };
  test('keeps the length, over midnight too', () => {
    expect(moveStart(values, { startTime: '23:30' })).toEqual({
      startTime: '23:30',
      endDay: '2026-11-24',
      endTime: '00:15',
    });
    expect(moveStart(values, { startDay: '2026-12-01' })).toMatchObject({ endDay: '2026-12-01', endTime: '23:45' });
  });
  test('does not change the end while start or end is invalid', () => {
    expect(moveStart(values, { startTime: '' })).toEqual({ startTime: '' });
    expect(moveStart({ ...values, endTime: '' }, { startTime: '08:00' })).toEqual({ startTime: '08:00' });
  });
});

test('a length moves the end, and a typed end gives a length', () => {
  const values = { ...freshSchedule(now), startTime: '23:30', endDay: '2026-11-24', endTime: '00:15' };
  expect(lengthOf(values)).toBe(45);
  expect(withLength(values, 90)).toEqual({ hasOwnEnd: false, endDay: '2026-11-24', endTime: '01:00' });
  expect(withLength({ ...values, startTime: '' }, 90)).toEqual({});
});

test('of a series one meeting is changed, or all', async () => {
  const series = { id: 4, every: 'day', days: [], day: null, count: 3, until: null, timeZone: 'Europe/Berlin' };
  const start = new Date(2026, 10, 25, 14).toISOString();
  const meeting = { id: 7, name: 'Tea', startTime: start, endTime: new Date(2026, 10, 25, 15).toISOString() };
  const details = { meeting, members: [], topics: [], type: 2, isPublic: false, series } as never;
  const update = vi.fn(async () => made);
  const form = createScheduleForm({
    appointments: { create: vi.fn(), update },
    ...{ now: () => now, details, place, onMade: vi.fn() },
  });
  expect(form.fields.flat().map(({ name }) => name)).not.toContain('repeat');
  form.set('name', 'Coffee');
  await form.submit();
  form.set('scope', 'all');
  await form.submit();
  expect(update.mock.calls).toEqual([
    [7, { name: 'Coffee', scope: 'one' }],
    [7, { name: 'Coffee', scope: 'all' }],
  ]);
});

describe('problems are shown at their field', () => {
  test.each([
    ['name', { name: '  ' }, 'schedule.nameMissing'],
    ['startTime', { startDay: '' }, 'schedule.timeMissing'],
    ['endTime', { endTime: '' }, 'schedule.timeMissing'],
    ['endTime', { endTime: '09:30' }, 'schedule.endBeforeStart'],
    ['endTime', { startDay: '2026-11-22', endDay: '2026-11-22' }, 'schedule.endPast'],
    ['topics', { topics: [{ title: ' ', content: 'x' }] }, 'schedule.topicMissing'],
    ['members', { hasGuestDraft: true }, 'schedule.guestUnfinished'],
  ] as const)('%s with %j', async (field, change, key) => {
    const { form, create } = setUp();
    for (const [name, value] of Object.entries(change)) form.set(name as 'name', value as never);
    expect(await form.submit()).toBe(false);
    expect(form.complaints.value[field]?.key).toBe(key);
    expect(create).not.toHaveBeenCalled();
  });

  test('a person whom the server does not know', async () => {
    const { form } = setUp(new RTCPeerError('INVALID_ARGUMENT', 'no', { field: 'members.0.id' }));
    expect(await form.submit()).toBe(false);
    expect(Object.keys(form.complaints.value)).toEqual(['members']);
  });
});

test('is sent to the server as section 2.19 requires', async () => {
  const { form, create, onMade } = setUp();
  form.set('members', [
    { id: 7, codeId: null, name: 'Bob', email: 'bob@example.com', role: 1 },
    { id: null, codeId: 'x7', name: 'Grace', email: null, role: 2 },
  ]);
  form.set('topics', [{ title: ' One ', content: ' ' }]);
  expect(await form.submit()).toBe(true);
  expect(onMade).toHaveBeenCalledWith(made);
  expect(create).toHaveBeenCalledWith({
    name: 'Review',
    startTime: new Date(2026, 10, 23, 9, 30).toISOString(),
    endTime: new Date(2026, 10, 23, 10, 30).toISOString(),
    type: 2,
    isPublic: false,
    waitingRoom: false,
    description: null,
    members: [
      { id: 7, name: 'Bob', email: 'bob@example.com', role: 1 },
      { codeId: 'x7', name: 'Grace', email: null, role: 2 },
    ],
    topics: [{ title: 'One' }],
    ...place,
  });
});

test('saving an appointment without changes keeps all its values', () => {
  const start = new Date(2026, 10, 25, 14, 0).getTime();
  const values = scheduleOf({
    meeting: {
      id: 1,
      name: 'Review',
      startTime: new Date(start).toISOString(),
      endTime: new Date(start + 5400_000).toISOString(),
      from: null,
      timeLength: 90,
      description: null,
      streamId: null,
      broadCastId: null,
      actuallyStartTime: null,
    },
    members: [{ codeId: null, name: 'Bob', email: null, role: '1', id: 7 }],
    topics: [{ title: 'One', content: null }],
    roomId: 5,
    inviteCode: '1234567890',
    type: 3,
    definition: '480p',
    isPublic: true,
    waitingRoom: false,
    mayChange: true,
    series: null,
  });
  expect(values).toMatchObject({
    startDay: dayKey(start),
    startTime: timeKey(start),
    endTime: '15:30',
    type: 3,
    isPublic: true,
    members: [{ id: 7, role: 1 }],
    topics: [{ title: 'One', content: '' }],
  });
});

describe('an appointment at night', () => {
  // In Berlin 02:30 comes twice on this night, first at 00:30 UTC and then at 01:30 UTC.
  const zone = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = 'Europe/Berlin';
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
  const details = {
    meeting: {
      id: 7,
      name: 'Night',
      startTime: '2027-10-31T01:30:00.000Z',
      endTime: '2027-10-31T01:45:00.000Z',
      description: null,
    },
    members: [{ id: 3, codeId: null, name: 'Ann', email: null, role: '2' }],
    topics: [],
    type: 2,
    isPublic: false,
  } as never;
  const edit = () => {
    const update = vi.fn(async (_: number, __: Partial<AppointmentInput>) => made);
    const form = createScheduleForm({
      appointments: { create: vi.fn(), update },
      ...{ now: () => now, details, place, onMade: vi.fn() },
    });
    return { form, update };
  };

  test('sends what was touched only, also in the hour that summer time repeats', async () => {
    const { form, update } = edit();
    form.set('name', 'Late night');
    await form.submit();
    expect(update.mock.calls).toEqual([[7, { name: 'Late night' }]]);
  });

  test('keeps its length when its start moves out of that hour', () => {
    const values = scheduleOf({
      ...(details as object),
      meeting: { startTime: '2027-10-30T23:30:00.000Z', endTime: '2027-10-31T01:30:00.000Z', name: 'Night' },
    } as never);
    expect([values.startTime, values.endTime]).toEqual(['01:30', '02:30']);
    expect(moveStart(values, { startTime: '10:00' })).toMatchObject({ endTime: '12:00' });
  });

  test('is as it was when a time is changed back', async () => {
    const { form, update } = edit();
    form.set('startTime', '01:00');
    form.set('startTime', '02:30');
    await form.submit();
    expect(update.mock.calls).toEqual([[7, {}]]);
  });

  test('that is new begins at the half hour after now, also in that hour', async () => {
    const create = vi.fn(async (_: AppointmentInput) => made);
    const night = Date.parse('2027-10-31T01:05:00.000Z');
    const form = createScheduleForm({
      appointments: { create, update: vi.fn() },
      now: () => night,
      place,
      onMade: vi.fn(),
    });
    form.set('name', 'Night');
    await form.submit();
    expect(create.mock.lastCall?.[0]).toMatchObject({
      startTime: '2027-10-31T01:30:00.000Z',
      endTime: '2027-10-31T02:30:00.000Z',
    });
  });

  test('sends a new end, and leaves the start as it is', async () => {
    const { form, update } = edit();
    form.set('endTime', '03:30');
    await form.submit();
    expect(update.mock.calls).toEqual([[7, { endTime: '2027-10-31T02:30:00.000Z' }]]);
  });
});

import { expect, test, vi } from 'vitest';
import { Appointments } from './appointments.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const hour = 3600_000;
const day = 24 * hour;
type Meeting = { id: number; startTime: string; endTime: string };

const at = (id: number, start: number, end = start + hour): Meeting => ({
  id,
  startTime: new Date(start).toISOString(),
  endTime: new Date(end).toISOString(),
});

/** A platform that answers requests for a span and a page of these meetings as section 2.23 says. */
const setUp = (meetings: Meeting[]) => {
  const call = vi.fn(async (name: string, input: Record<string, number>) => {
    if (name === 'appointment.deleteAppointment')
      return { result: input.meetingId === 1 ? 0 : 2, mail: { sent: 0, unsent: 0 } };
    if (name !== 'appointment.queryAppointments') {
      meetings.push(at(99, now + 2 * hour));
      return { result: 0, meetingId: 99, roomId: 5, inviteCode: '1234567890' };
    }
    const { startTime = 0, endTime = 0, pageNo = 0, pageSize = 0 } = input;
    const found = meetings
      .filter((each) => Date.parse(each.endTime) > startTime && Date.parse(each.startTime) < endTime)
      .sort((a, b) => Date.parse(a.startTime) - Date.parse(b.startTime));
    return { meetings: found.slice(pageNo * pageSize, (pageNo + 1) * pageSize), repeating: [] };
  });
  return { model: new Appointments({ call } as never, () => now), call };
};
const ids = (model: InstanceType<typeof Appointments>) => model.items.value?.map(({ id }) => id);

test('shows a month ahead, and a month more with each step', async () => {
  const { model } = setUp([at(1, now + day), at(2, now + 40 * day), at(3, now - day)]);
  await model.reload();
  expect(ids(model)).toEqual([1]);
  await model.more();
  expect(ids(model)).toEqual([1, 2]);
  expect(model.reach.value).toBe(now + 60 * day);
});

test('a running meeting is upcoming and not past; past meetings come latest first', async () => {
  const running = at(1, now - hour / 2);
  const { model } = setUp([running, at(2, now - 2 * day), at(3, now - day)]);
  await model.reload();
  expect(ids(model)).toEqual([1]);
  await model.look('past');
  expect(ids(model)).toEqual([3, 2]);
  await model.look('upcoming');
  expect(ids(model)).toEqual([1]);
});

test('a month with more meetings than one page is put together', async () => {
  const { model, call } = setUp(Array.from({ length: 450 }, (_, index) => at(index + 1, now + index * 60_000)));
  await model.reload();
  expect(model.items.value).toHaveLength(450);
  expect(call).toHaveBeenCalledTimes(3);
});

test('a new meeting is on the list when creating it resolves', async () => {
  const { model } = setUp([]);
  await model.reload();
  expect((await model.instant('Now')).inviteCode).toBe('1234567890');
  expect(ids(model)).toEqual([99]);
});

test('a cancelled meeting is removed, a running one stays', async () => {
  const { model } = setUp([at(1, now + hour), at(2, now)]);
  await model.reload();
  expect(await model.cancel(2, 'one')).toBeUndefined();
  expect(await model.cancel(1, 'one')).toEqual({ sent: 0, unsent: 0 });
  expect(ids(model)).toEqual([2]);
});

import { afterEach, expect, test, vi } from 'vitest';
import { fakeClient, fakeMeeting, snapshotOf } from '../../testing.ts';
import { Seat } from '../seat.ts';
import { Poor } from './poor.ts';

afterEach(() => void vi.unstubAllGlobals());

const setUp = () => {
  const { client, tell } = fakeClient();
  const seat = new Seat();
  const codes: unknown[] = [];
  const poor = new Poor({ client, seat, emit: (_, payload) => void codes.push((payload as { code: number }).code) });
  const server = (direction: string, isPoor: boolean) => tell('media.quality', { direction, poor: isPoor });
  return { seat, poor, codes, server };
};

test('[3.25] a direction is poor as long as the server or the browser says so, and the page is told once', () => {
  const { seat, poor, codes, server } = setUp();
  server('upload', true);
  expect(poor.directions.value.upload).toBe(false);
  seat.take(snapshotOf(1));
  server('upload', true);
  poor.judge('browser', 'upload', true);
  server('upload', false);
  expect(poor.directions.value).toEqual({ upload: true, download: false });
  poor.judge('browser', 'upload', false);
  expect(poor.directions.value.upload).toBe(false);
  poor.judge('browser', 'download', true);
  expect(codes).toEqual([1001, 1002]);
});

test('what was judged is forgotten with the seat, but not when the same seat is taken again', () => {
  const { seat, poor, server } = setUp();
  seat.take(snapshotOf(1));
  server('download', true);
  seat.take(snapshotOf(1));
  expect(poor.directions.value.download).toBe(true);
  seat.take(snapshotOf(2));
  expect(poor.directions.value.download).toBe(false);
  server('download', true);
  seat.leave('exit');
  expect(poor.directions.value.download).toBe(false);
});

test('it is judged before the code that measures is there', async () => {
  const { server, meeting, told } = fakeMeeting();
  await meeting.enter({ roomId: 1012 });
  server.tell('media.quality', { direction: 'upload', poor: true });
  expect(meeting.quality.lines.value).toBeUndefined();
  expect(told.filter(({ name }) => name === 'onLinkSlow')).toHaveLength(1);
});

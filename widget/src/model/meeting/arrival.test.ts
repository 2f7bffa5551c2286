import { afterEach, expect, test, vi } from 'vitest';
import { fakeTrack } from '../../media/testing.ts';
import { fakeMeeting, participant, snapshotOf } from '../testing.ts';
import { pictureWithin } from './arrival.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const setUp = () => {
  const page = new EventTarget();
  const { server, meeting } = fakeMeeting({ page });
  /** A video element of the page has its first picture. */
  const shows = (srcObject: unknown, more: Partial<HTMLVideoElement> = {}): void => {
    const event = new Event('loadeddata');
    Object.defineProperty(event, 'target', { value: { srcObject, ...more } });
    page.dispatchEvent(event);
  };
  return { server, meeting, shows, isArriving: () => meeting.isArriving.value };
};

test('a meeting with video arrives with the first picture of another participant', async () => {
  const { server, meeting, shows, isArriving } = setUp();
  server.next(snapshotOf(1, [participant(2, { video: true })]));
  const entered = meeting.enter({ roomId: 1012 });
  expect(isArriving()).toBe(true);
  await entered;
  expect(isArriving()).toBe(true);
  const received = { id: 'c', clientId: 2, source: 'camera' as const, track: fakeTrack('video') };
  meeting.streams.add(received as never);
  // The own camera, which the lobby has shown already.
  shows({});
  shows(null);
  expect(isArriving()).toBe(true);
  shows(meeting.streams.of(2, 'camera').value);
  expect(isArriving()).toBe(false);
});

test('where the browser tells when a picture is drawn, that is the end, and not when it was decoded', async () => {
  const { server, meeting, shows, isArriving } = setUp();
  server.next(snapshotOf(1, [participant(2, { video: true })]));
  await meeting.enter({ roomId: 1012 });
  meeting.streams.add({ id: 'c', clientId: 2, source: 'camera', track: fakeTrack('video') } as never);
  vi.useFakeTimers();
  let draw = (): void => {};
  const requestVideoFrameCallback = (drawn: () => void) => {
    draw = drawn;
    return 1;
  };
  shows(meeting.streams.of(2, 'camera').value, { requestVideoFrameCallback: requestVideoFrameCallback as never });
  expect(isArriving()).toBe(true);
  draw();
  vi.advanceTimersByTime(0);
  expect(isArriving()).toBe(false);
});

test('without video there is nothing to wait for; a picture that does not come is waited for only so long', async () => {
  const { server, meeting, isArriving } = setUp();
  server.next(snapshotOf(1, [participant(2)]));
  await meeting.enter({ roomId: 1012 });
  expect(isArriving()).toBe(false);
  await meeting.exit();
  server.next(snapshotOf(1, [participant(2, { screen: { shareScreenId: 5, audio: false } as never })]));
  vi.useFakeTimers();
  await meeting.enter({ roomId: 1012 });
  vi.advanceTimersByTime(pictureWithin - 1);
  expect(isArriving()).toBe(true);
  vi.advanceTimersByTime(1);
  expect(isArriving()).toBe(false);
});

test('an entry that was refused, and leaving, end it', async () => {
  const { server, meeting, isArriving } = setUp();
  server.refuse('meeting.enter', 'ROOM_FULL');
  await meeting.enter({ roomId: 1012 }).catch(() => {});
  expect(isArriving()).toBe(false);
  server.allow('meeting.enter');
  server.next(snapshotOf(1, [participant(2, { video: true })]));
  await meeting.enter({ roomId: 1012 });
  expect(isArriving()).toBe(true);
  await meeting.exit();
  expect(isArriving()).toBe(false);
});

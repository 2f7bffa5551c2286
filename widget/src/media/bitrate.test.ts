import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMeter, rateBetween, sampleOf } from './bitrate.ts';

const report = (...entries: object[]): RTCStatsReport =>
  new Map(entries.map((entry, index) => [String(index), entry])) as never;
const layer = (width: number, frames: number, bytes: number) => ({
  type: 'outbound-rtp',
  kind: 'video',
  frameWidth: width,
  frameHeight: (width * 9) / 16,
  framesEncoded: frames,
  bytesSent: bytes,
});

test('the bytes of all layers of a video add up, their frames count once', () => {
  const audio = { type: 'outbound-rtp', kind: 'audio', bytesSent: 500 };
  const other = { type: 'remote-inbound-rtp', kind: 'video', bytesSent: 9999 };
  expect(
    sampleOf([report(layer(320, 30, 1000), layer(1280, 28, 9000), other), report(audio)], 'outbound-rtp', 7),
  ).toEqual({ at: 7, audio: 500, video: 10_000, frames: 30, width: 1280, height: 720 });
});

test('received bytes and frames are read from the fields for receiving', () => {
  const inbound = {
    type: 'inbound-rtp',
    kind: 'video',
    frameWidth: 640,
    frameHeight: 360,
    framesDecoded: 5,
    bytesReceived: 70,
  };
  expect(sampleOf([report(inbound, layer(320, 30, 1000))], 'inbound-rtp', 0)).toMatchObject({ video: 70, frames: 5 });
});

const sample = (more: object) => ({ at: 0, audio: 0, video: 0, frames: 0, width: 0, height: 0, ...more });

test('rates are per second, in kilobits', () => {
  const before = sample({ audio: 1000, video: 10_000, frames: 10 });
  const after = sample({ at: 2000, audio: 9000, video: 260_000, frames: 70, width: 640, height: 360 });
  expect(rateBetween(before, after)).toEqual({
    audio: { kbps: 32 },
    video: { kbps: 1000, fps: 30, width: 640, height: 360 },
  });
});

test('without a new frame the video has no size, and counters that start again give no negative rate', () => {
  const before = sample({ video: 5000, frames: 50 });
  expect(rateBetween(before, sample({ at: 1000, video: 10, frames: 1, width: 640, height: 360 })).video).toMatchObject({
    kbps: 0,
  });
  expect(rateBetween(before, { ...before, at: 1000, width: 640, height: 360 }).video).toEqual({
    kbps: 0,
    fps: 0,
    width: 0,
    height: 0,
  });
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a rate is measured over about a second, and shared by two calls at the same time', async () => {
  const meter = createMeter();
  let reads = 0;
  const sources = () => [{ getStats: async () => report(layer(640, reads * 30, reads++ * 125_000)) }];
  const asked = Promise.all([meter.measure('a', 'outbound-rtp', sources), meter.measure('a', 'outbound-rtp', sources)]);
  await vi.advanceTimersByTimeAsync(1000);
  const [one, two] = await asked;
  expect(reads).toBe(2);
  expect(one).toBe(two);
  expect(one?.video.kbps).toBeGreaterThan(900);
  // A recent sample is used for the next call; an old one is not.
  const soon = meter.measure('a', 'outbound-rtp', sources);
  await vi.advanceTimersByTimeAsync(1000);
  await soon;
  expect(reads).toBe(3);
  await vi.advanceTimersByTimeAsync(60_000);
  const later = meter.measure('a', 'outbound-rtp', sources);
  await vi.advanceTimersByTimeAsync(1000);
  await later;
  expect(reads).toBe(5);
});

test('a source that has just closed is left out', async () => {
  const meter = createMeter();
  const asked = meter.measure('a', 'outbound-rtp', () => [{ getStats: () => Promise.reject(new Error('closed')) }]);
  await vi.advanceTimersByTimeAsync(1000);
  expect((await asked).video.kbps).toBe(0);
});

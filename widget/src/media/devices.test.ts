import { afterEach, describe, expect, test, vi } from 'vitest';
import { adjustCamera, deviceError, openCamera, reaches } from './devices.ts';

afterEach(() => void vi.unstubAllGlobals());

test.each([
  ['NotAllowedError', 'PERMISSION_DENIED'],
  ['NotFoundError', 'DEVICE_NOT_FOUND'],
  ['OverconstrainedError', 'DEVICE_NOT_FOUND'],
  ['NotReadableError', 'DEVICE_IN_USE'],
  ['TypeError', 'INTERNAL'],
])('%s becomes %s', (name, code) => {
  expect(deviceError({ name, message: 'x' }, 'camera').code).toBe(code);
});

describe('a camera', () => {
  /** A browser with one camera, or one that refuses with the error that the test names. */
  const browser = (refuse: (video: MediaTrackConstraints) => string | undefined = () => undefined) => {
    const asked: MediaTrackConstraints[] = [];
    const getUserMedia = async ({ video }: { video: MediaTrackConstraints }) => {
      asked.push(video);
      const name = refuse(video);
      if (name) throw Object.assign(new Error('refused by the test'), { name });
      return { getTracks: () => [{ kind: 'video' }] };
    };
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
    return asked;
  };

  test('[3.4] is opened with the wanted size and frame rates', async () => {
    const asked = browser();
    await openCamera({ definition: '480p', minFrameRate: 12, maxFrameRate: 24 });
    expect(asked).toEqual([
      { width: { ideal: 854 }, height: { ideal: 480 }, frameRate: { ideal: 24, max: 24, min: 12 } },
    ]);
  });

  test('[3.4] that is too slow, or has higher frame rates only, is used all the same, a missing one is an error', async () => {
    const hasMin = (video: MediaTrackConstraints) => Object.hasOwn(video.frameRate as object, 'min');
    const asked = browser((video) => (hasMin(video) ? 'OverconstrainedError' : undefined));
    await openCamera({ minFrameRate: 30 });
    expect(asked.map(hasMin)).toEqual([true, false]);
    const hasMax = (video: MediaTrackConstraints) => Object.hasOwn(video.frameRate as object, 'max');
    const fast = browser((video) => (hasMax(video) ? 'OverconstrainedError' : undefined));
    await openCamera({ maxFrameRate: 30 });
    expect(fast.map(hasMax)).toEqual([true, false]);
    browser(() => 'OverconstrainedError');
    await expect(openCamera({ deviceId: 'gone', minFrameRate: 30 })).rejects.toMatchObject({
      code: 'DEVICE_NOT_FOUND',
    });
  });

  test('[3.38] with too few lines counts as missing where those lines are required', async () => {
    const asked = browser();
    await openCamera({ definition: '1080p', isExact: true });
    expect(asked[0]?.height).toEqual({ ideal: 1080, min: 1080 });
    const camera = (height?: { max: number }) => ({ getCapabilities: () => ({ height }) }) as MediaStreamTrack;
    expect(reaches(camera({ max: 720 }), '1080p')).toBe(false);
    expect(reaches(camera({ max: 720 }), '720p')).toBe(true);
    expect(reaches(camera(), '1080p')).toBe(true);
  });
});

describe('an open camera', () => {
  type Size = { width: number; height: number };
  /** A camera that has the size of its constraints up to `most`, and refuses what the test names. */
  const camera = (most: Size, refuse: (video: MediaTrackConstraints) => string | undefined = () => undefined) => {
    const asked: MediaTrackConstraints[] = [];
    let size: Size = { width: 426, height: 240 };
    const track = {
      async applyConstraints(video: MediaTrackConstraints) {
        asked.push(video);
        const name = refuse(video);
        if (name) throw Object.assign(new Error('refused by the test'), { name });
        const ideal = (side: 'width' | 'height') => Math.min(most[side], (video[side] as { ideal: number }).ideal);
        size = { width: ideal('width'), height: ideal('height') };
      },
      getSettings: () => size,
      getCapabilities: () => ({ width: { max: most.width }, height: { max: most.height } }),
    };
    return { asked, size: () => size, track: track as unknown as MediaStreamTrack };
  };
  const full = { width: 1920, height: 1080 };

  test('[3.4] gets another size and other rates, up and down', async () => {
    const { track, size, asked } = camera(full);
    expect(await adjustCamera(track, { definition: '1080p', maxFrameRate: 24 })).toBe(true);
    expect(asked[0]?.frameRate).toEqual({ ideal: 24, max: 24 });
    expect(size()).toEqual(full);
    expect(await adjustCamera(track, { definition: '480p' })).toBe(true);
    expect(size().height).toBe(480);
  });

  test('[3.4] is asked for less step by step, and is enough with the most that it has', async () => {
    const hasMax = (video: MediaTrackConstraints) => Object.hasOwn(video.frameRate as object, 'max');
    const { track, asked } = camera({ width: 640, height: 480 }, (video) =>
      hasMax(video) ? 'OverconstrainedError' : undefined,
    );
    expect(await adjustCamera(track, { definition: '1080p', minFrameRate: 5 })).toBe(true);
    expect(asked).toHaveLength(3);
  });

  test('[3.4] that stays smaller than it could be, or cannot be changed, must be opened again', async () => {
    const stuck = camera(full);
    stuck.track.applyConstraints = async () => {};
    expect(await adjustCamera(stuck.track, { definition: '720p' })).toBe(false);
    const { track, asked } = camera(full, () => 'InvalidStateError');
    expect(await adjustCamera(track, { definition: '720p' })).toBe(false);
    expect(asked).toHaveLength(1);
  });
});

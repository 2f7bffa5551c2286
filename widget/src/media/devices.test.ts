import { afterEach, describe, expect, test, vi } from 'vitest';
import { deviceError, openCamera, reaches } from './devices.ts';

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

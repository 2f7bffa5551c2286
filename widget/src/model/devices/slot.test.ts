import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Devices } from '../devices.ts';
import { fakeHardware } from '../testing.ts';

beforeEach(() => void vi.stubGlobal('MediaStream', class {}));
afterEach(() => void vi.unstubAllGlobals());

const setUp = async () => {
  const machine = fakeHardware('videoinput', 'audioinput');
  const devices = new Devices({ hardware: machine.hardware, setSpeaker: async () => {}, emit: () => {} });
  await devices.refresh();
  return { machine, devices };
};

test('an unplugged camera is off and missing, and is used again when it is back', async () => {
  const { machine, devices } = await setUp();
  await devices.setCamera(true);
  machine.unplug('videoinput-1');
  expect(devices.cameraTrack.value).toBeUndefined();
  expect(devices.cameraProblem.value).toBe('DEVICE_NOT_FOUND');
  expect(devices.cameraOn.value).toBe(true);
  machine.plug('videoinput', 'videoinput-1');
  await expect.poll(() => devices.cameraTrack.value).toBe(machine.opened[1]);
  expect(devices.cameraProblem.value).toBeUndefined();
});

test('another camera is not used by itself, but when the camera is turned on again', async () => {
  const { machine, devices } = await setUp();
  await devices.setCamera(true);
  machine.unplug('videoinput-1');
  machine.plug('videoinput', 'videoinput-2');
  await devices.refresh();
  expect(devices.cameraTrack.value).toBeUndefined();
  await devices.setCamera(true);
  expect(devices.cameraId.value).toBe('videoinput-2');
  expect(devices.cameraTrack.value).toBe(machine.opened[1]);
});

test.each(['for good', 'until asked'] as const)(
  'a permission that is withdrawn %s is distinguished from a missing device',
  async (how) => {
    const { machine, devices } = await setUp();
    await devices.setMicrophone(true);
    machine.forbid(how);
    await expect.poll(() => devices.microphoneProblem.value).toBe('PERMISSION_DENIED');
    // The user is not asked for permission again without a new action.
    machine.plug('audioinput', 'audioinput-2');
    await devices.refresh();
    expect(machine.opened).toHaveLength(1);
  },
);

test('a device that was turned off while it was missing stays off when it is back', async () => {
  const { machine, devices } = await setUp();
  await devices.setCamera(true);
  machine.unplug('videoinput-1');
  await devices.setCamera(false);
  expect(devices.cameraProblem.value).toBeUndefined();
  machine.plug('videoinput', 'videoinput-1');
  await devices.refresh();
  expect(machine.opened).toHaveLength(1);
});

test('choosing opens the new device, then stops the old one', async () => {
  const { machine, devices } = await setUp();
  machine.plug('videoinput', 'videoinput-2');
  await devices.setCamera(true);
  const [first] = machine.opened;
  const stop = vi.spyOn(first as MediaStreamTrack, 'stop');
  await devices.choose({ camera: 'videoinput-2' });
  expect(devices.cameraTrack.value).toBe(machine.opened[1]);
  expect(stop).toHaveBeenCalledOnce();
});

test('a choice that is refused leaves the old one in use', async () => {
  const { machine, devices } = await setUp();
  await devices.setCamera(true);
  await expect(devices.choose({ camera: 'nonsense' })).rejects.toMatchObject({ code: 'DEVICE_NOT_FOUND' });
  expect(devices.cameraId.value).toBe('videoinput-1');
  expect(devices.cameraTrack.value).toBe(machine.opened[0]);
});

test('the last of several settings counts', async () => {
  const { machine, devices } = await setUp();
  await Promise.all([devices.setCamera(true), devices.setCamera(false)]);
  expect(devices.cameraTrack.value).toBeUndefined();
  expect(machine.opened).toHaveLength(0);
});

test('what is turned off while a permission prompt is up is off at once; what is allowed later is released', async () => {
  const { machine, devices } = await setUp();
  const prompt = Promise.withResolvers<void>();
  const { openCamera } = machine.hardware;
  machine.hardware.openCamera = async (wish) => {
    await prompt.promise;
    return openCamera(wish);
  };
  const on = devices.setCamera(true);
  await expect.poll(() => devices.cameraOpening.value).toBe(true);
  await devices.setCamera(false);
  await on;
  expect(devices.cameraOpening.value).toBe(false);
  prompt.resolve();
  await expect.poll(() => machine.opened[0]?.readyState).toBe('ended');
  expect(devices.cameraTrack.value).toBeUndefined();
});

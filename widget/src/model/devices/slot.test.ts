import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Devices } from '../devices.ts';
import { createHabits, type Habits } from '../habits.ts';
import { fakeHardware } from '../testing.ts';
import type { Switched } from './wish.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.stubGlobal('MediaStream', class {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What the browser keeps; nothing at first. */
const memory = (): Storage => {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  } as never;
};

const setUp = async (habits?: Habits) => {
  const machine = fakeHardware('videoinput', 'audioinput');
  const speakers: string[] = [];
  const setSpeaker = async (id: string) => void speakers.push(id);
  const devices = new Devices({ hardware: machine.hardware, setSpeaker, emit: () => {}, habits });
  const told: Switched[] = [];
  devices.onSwitched((switched) => told.push(switched));
  await devices.refresh();
  return { machine, devices, told, speakers };
};
/** A device that ends at once is not replaced. */
const afterAWhile = () => vi.setSystemTime(Date.now() + 2000);

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

test('another camera takes the place of an unplugged one, which is used again once it is back; both are told', async () => {
  const { machine, devices, told } = await setUp();
  await devices.setCamera(true);
  machine.plug('videoinput', 'videoinput-2');
  afterAWhile();
  machine.unplug('videoinput-1');
  await expect.poll(() => devices.cameraId.value).toBe('videoinput-2');
  expect(devices.cameraProblem.value).toBeUndefined();
  expect(told).toEqual([{ kind: 'camera', how: 'lost', label: 'videoinput-2' }]);
  machine.plug('videoinput', 'videoinput-1');
  await expect.poll(() => devices.cameraId.value).toBe('videoinput-1');
  expect(told[1]).toEqual({ kind: 'camera', how: 'back', label: 'videoinput-1' });
  expect(machine.opened.map(({ readyState }) => readyState)).toEqual(['ended', 'ended', 'live']);
});

test('a device that replaced a lost one stays once the user has chosen it', async () => {
  const { machine, devices } = await setUp();
  await devices.setMicrophone(true);
  machine.plug('audioinput', 'audioinput-2');
  afterAWhile();
  machine.unplug('audioinput-1');
  await expect.poll(() => devices.microphoneId.value).toBe('audioinput-2');
  await devices.choose({ microphone: 'audioinput-2' });
  machine.plug('audioinput', 'audioinput-1');
  await devices.refresh();
  expect(devices.microphoneId.value).toBe('audioinput-2');
});

test('a device that ends at once is not opened again and again', async () => {
  const { machine, devices } = await setUp();
  await devices.setCamera(true);
  machine.plug('videoinput', 'videoinput-2');
  machine.opened[0]?.onended?.(new Event('ended'));
  await devices.refresh();
  expect(devices.cameraProblem.value).toBe('DEVICE_NOT_FOUND');
  expect(machine.opened).toHaveLength(1);
  await devices.setCamera(true);
  expect(devices.cameraTrack.value).toBe(machine.opened[1]);
});

test('a permission that is given later opens the device that is wanted, without a click', async () => {
  const { machine, devices } = await setUp();
  machine.decide('denied');
  machine.refuse(true);
  await expect(devices.setCamera(true)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  expect([devices.cameraBlocked.value, devices.microphoneBlocked.value]).toEqual([true, true]);
  machine.refuse(false);
  machine.decide('granted');
  await expect.poll(() => devices.cameraTrack.value).toBe(machine.opened[0]);
  expect(devices.cameraProblem.value).toBeUndefined();
  expect([devices.cameraBlocked.value, devices.microphoneBlocked.value]).toEqual([false, false]);
  // Nobody wanted the microphone.
  expect(machine.opened).toHaveLength(1);
});

test('a choice is remembered for the next visit, by the label where the id is another one', async () => {
  const storage = memory();
  const first = await setUp(createHabits(() => storage));
  first.machine.plug('audioinput', 'audioinput-2');
  first.machine.plug('audiooutput', 'speaker');
  await first.devices.refresh();
  await first.devices.choose({ microphone: 'audioinput-2', speaker: 'speaker' });

  const { machine, devices, speakers, told } = await setUp(createHabits(() => storage));
  const renamed = (kind: 'audioinput' | 'audiooutput', label: string) =>
    ({ kind, label, deviceId: `new ${label}`, groupId: '' }) as const;
  machine.list([renamed('audioinput', 'audioinput-1'), renamed('audioinput', 'audioinput-2')]);
  await devices.refresh();
  await devices.setMicrophone(true);
  expect(devices.microphoneId.value).toBe('new audioinput-2');
  expect(speakers).toEqual([]);
  machine.list([renamed('audioinput', 'audioinput-2'), renamed('audiooutput', 'speaker')]);
  await expect.poll(() => devices.speakerId.value).toBe('new speaker');
  machine.list([renamed('audioinput', 'audioinput-2'), renamed('audiooutput', 'other')]);
  await expect.poll(() => speakers).toEqual(['new speaker', '']);
  await expect.poll(() => told).toEqual([{ kind: 'speaker', how: 'lost', label: '' }]);
  expect(devices.speakerId.value).toBeUndefined();
});

test('a remembered device that is not there is replaced by any', async () => {
  const storage = memory();
  createHabits(() => storage).keep({ camera: { deviceId: 'gone', label: 'Gone' } });
  const { machine, devices } = await setUp(createHabits(() => storage));
  // Without permission the browser lists no ids.
  machine.list([{ kind: 'videoinput', deviceId: '', label: '', groupId: '' }]);
  await devices.refresh();
  const { openCamera } = machine.hardware;
  machine.hardware.openCamera = async (wish) => {
    machine.list([{ kind: 'videoinput', deviceId: 'videoinput-1', label: '', groupId: '' }]);
    return openCamera(wish);
  };
  await devices.setCamera(true);
  expect(devices.cameraId.value).toBe('videoinput-1');
});

describe('a microphone that is kept open while it is off', () => {
  test('is a track of its own, is back without being opened again, and is released in the end', async () => {
    const { machine, devices } = await setUp();
    devices.keepMicrophoneOpen(true);
    await devices.setMicrophone(true);
    await devices.setMicrophone(false);
    expect(devices.microphoneTrack.value).toBeUndefined();
    expect(machine.opened[0]?.readyState).toBe('ended');
    expect(devices.spareMicrophone.value).toBe(machine.copies[0]);
    await devices.setMicrophone(true);
    expect(devices.microphoneTrack.value).toBe(machine.copies[0]);
    expect(devices.spareMicrophone.value).toBeUndefined();
    await devices.setMicrophone(false);
    expect(machine.opened).toHaveLength(1);
    await devices.off();
    expect(machine.copies.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
  });

  test('is none where it was never on, and gives way to another choice', async () => {
    const { machine, devices } = await setUp();
    devices.keepMicrophoneOpen(true);
    await devices.setMicrophone(false);
    expect(devices.spareMicrophone.value).toBeUndefined();
    await devices.setMicrophone(true);
    await devices.setMicrophone(false);
    machine.plug('audioinput', 'audioinput-2');
    await devices.choose({ microphone: 'audioinput-2' });
    expect(machine.copies[0]?.readyState).toBe('ended');
    await devices.setMicrophone(true);
    expect(devices.microphoneId.value).toBe('audioinput-2');
  });
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

test('a choice that waits behind a permission prompt ends with the microphone turned off', async () => {
  const { machine, devices } = await setUp();
  machine.hardware.openMicrophone = () => new Promise(() => {});
  const on = devices.setMicrophone(true);
  const chosen = devices.choose({ microphone: 'audioinput-1' });
  await expect.poll(() => devices.microphoneOpening.value).toBe(true);
  await devices.setMicrophone(false);
  await Promise.all([on, chosen]);
  expect(machine.opened).toHaveLength(0);
});

test('what is turned on again while the first permission prompt is up uses the second answer', async () => {
  const { machine, devices } = await setUp();
  const prompts: PromiseWithResolvers<void>[] = [];
  const { openCamera } = machine.hardware;
  machine.hardware.openCamera = async (wish) => {
    const prompt = Promise.withResolvers<void>();
    prompts.push(prompt);
    await prompt.promise;
    return openCamera(wish);
  };
  void devices.setCamera(true);
  await expect.poll(() => prompts.length).toBe(1);
  void devices.setCamera(false);
  const on = devices.setCamera(true);
  await expect.poll(() => prompts.length).toBe(2);
  for (const { resolve } of prompts) resolve();
  await on;
  expect(machine.opened.map(({ readyState }) => readyState).sort()).toEqual(['ended', 'live']);
  expect(devices.cameraTrack.value?.readyState).toBe('live');
});

test('a microphone that the system mutes is a problem until it is not muted any more', async () => {
  const { machine, devices } = await setUp();
  await devices.setMicrophone(true);
  const [track] = machine.opened;
  track?.onmute?.(new Event('mute'));
  expect(devices.microphoneProblem.value).toBe('SYSTEM_MUTED');
  track?.onunmute?.(new Event('unmute'));
  expect(devices.microphoneProblem.value).toBeUndefined();
  track?.onmute?.(new Event('mute'));
  await devices.setMicrophone(false);
  expect(devices.microphoneProblem.value).toBeUndefined();
});

test('turning on a microphone that the system mutes opens it again', async () => {
  const { machine, devices } = await setUp();
  await devices.setMicrophone(true);
  machine.opened[0]?.onmute?.(new Event('mute'));
  await devices.setMicrophone(true);
  expect(machine.opened.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
  expect(devices.microphoneProblem.value).toBeUndefined();
});

describe('when the default device of the system moves', () => {
  const audio = (deviceId: string, groupId: string, label = deviceId) => ({
    kind: 'audioinput' as const,
    deviceId,
    groupId,
    label,
  });
  const all = (of: 'a' | 'b') => [audio('default', of, `Default - ${of}`), audio('a', 'a'), audio('b', 'b')];
  const begin = async (microphone?: string) => {
    const { machine, devices } = await setUp();
    machine.list(all('a'));
    await devices.refresh();
    if (microphone) await devices.choose({ microphone });
    await devices.setMicrophone(true);
    await devices.refresh();
    return { machine, devices };
  };

  test('the microphone that is in use moves with it', async () => {
    const { machine, devices } = await begin();
    machine.list(all('b'));
    await expect.poll(() => machine.opened.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
    expect(devices.microphoneTrack.value).toBe(machine.opened[1]);
    // Nothing moved: another device was connected.
    machine.list([...all('b'), audio('c', 'c')]);
    await devices.refresh();
    expect(machine.opened).toHaveLength(2);
  });

  test('one that was chosen by itself, or is off, stays', async () => {
    const { machine, devices } = await begin('b');
    machine.list(all('b'));
    await devices.refresh();
    expect(machine.opened).toHaveLength(1);
    await devices.choose({ microphone: 'default' });
    await devices.setMicrophone(false);
    machine.list(all('a'));
    await devices.refresh();
    expect(machine.opened).toHaveLength(2);
  });

  test('the old one stays in use where the new one cannot be opened', async () => {
    const { machine, devices } = await begin();
    machine.hardware.openMicrophone = async () => {
      throw { code: 'DEVICE_IN_USE', message: 'refused by the test' };
    };
    const opening: boolean[] = [];
    const stop = devices.microphoneOpening.subscribe((is) => opening.push(is));
    machine.list(all('b'));
    await expect.poll(() => opening).toEqual([false, true, false]);
    stop();
    expect(devices.microphoneTrack.value).toBe(machine.opened[0]);
    expect(machine.opened[0]?.readyState).toBe('live');
    expect(devices.microphoneProblem.value).toBeUndefined();
  });
});

test('a camera that cannot be changed is closed before it is opened with another size', async () => {
  const { machine, devices } = await setUp();
  await devices.setCamera(true);
  devices.constrainVideo({ definition: '240p' });
  await devices.setCamera(true);
  expect(machine.opened).toHaveLength(1);
  const states: string[] = [];
  const { openCamera } = machine.hardware;
  machine.hardware.adjustCamera = async () => false;
  machine.hardware.openCamera = async (wish) => {
    states.push(machine.opened[0]?.readyState ?? '');
    return openCamera(wish);
  };
  devices.constrainVideo({ definition: '1080p' });
  await devices.setCamera(true);
  expect(states).toEqual(['ended']);
  expect(machine.cameras.at(-1)).toMatchObject({ definition: '1080p' });
  expect(devices.cameraTrack.value?.readyState).toBe('live');
});

import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { deviceChoice } from './devices.ts';

test.each([
  [
    ['Cam', 'Cam', 'Other', 'Cam', ''],
    ['Cam', 'Cam (2)', 'Other', 'Cam (3)', ''],
  ],
  // A device may have a number of its own.
  [
    ['Cam', 'Cam', 'Cam (2)'],
    ['Cam', 'Cam (3)', 'Cam (2)'],
  ],
  [
    ['', ''],
    ['', ''],
  ],
])('devices with the same label can be told apart: %j', (given, shown) => {
  const devices = signal(
    given.map((label, index) => ({ kind: 'videoinput', deviceId: `id ${index}`, label, groupId: '' })),
  );
  const model = { devices, cameraId: signal('id 0'), microphoneId: signal(undefined), speakerId: signal(undefined) };
  expect(deviceChoice(model as never, 'camera').devices.map(({ label }) => label)).toEqual(shown);
});

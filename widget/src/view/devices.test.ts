import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { deviceChoice } from './devices.ts';

test('devices with the same label can be told apart', () => {
  const device = (deviceId: string, label: string) => ({ kind: 'videoinput', deviceId, label, groupId: '' });
  const devices = signal([
    device('a', 'Cam'),
    device('b', 'Cam'),
    device('c', 'Other'),
    device('d', 'Cam'),
    device('e', ''),
  ]);
  const model = { devices, cameraId: signal('a'), microphoneId: signal(undefined), speakerId: signal(undefined) };
  expect(deviceChoice(model as never, 'camera').devices.map(({ label }) => label)).toEqual([
    'Cam',
    'Cam (2)',
    'Other',
    'Cam (3)',
    '',
  ]);
});

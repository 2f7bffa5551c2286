import { expect, test } from 'vitest';
import { deviceError } from './devices.ts';

test.each([
  ['NotAllowedError', 'PERMISSION_DENIED'],
  ['NotFoundError', 'DEVICE_NOT_FOUND'],
  ['OverconstrainedError', 'DEVICE_NOT_FOUND'],
  ['NotReadableError', 'DEVICE_IN_USE'],
  ['TypeError', 'INTERNAL'],
])('%s becomes %s', (name, code) => {
  expect(deviceError({ name, message: 'x' }, 'camera').code).toBe(code);
});

import { expect, test } from 'vitest';
import { nextCamera } from './facing.ts';

const camera = (deviceId: string, label = '', facing?: 'user' | 'environment') => ({
  deviceId,
  label,
  ...(facing && { getCapabilities: () => ({ facingMode: [facing] }) }),
});

test('[3.22] a phone goes from front to back and back, whatever other cameras it has', () => {
  const phone = [
    camera('wide', 'camera2 0, facing back'),
    camera('front', 'camera2 1, facing front'),
    camera('tele', 'camera2 2, facing back'),
  ];
  expect(nextCamera(phone, 'wide')?.deviceId).toBe('front');
  expect(nextCamera(phone, 'tele')?.deviceId).toBe('front');
  expect(nextCamera(phone, 'front')?.deviceId).toBe('tele');
  const told = [camera('a', '', 'environment'), camera('b', '', 'environment'), camera('c', '', 'user')];
  expect(nextCamera(told, 'a')?.deviceId).toBe('c');
  expect(nextCamera([camera('x', '后置相机'), camera('y', '前置相机')], 'y')?.deviceId).toBe('x');
});

test('[3.22] a computer goes through its cameras, and begins again; one camera has no other', () => {
  const computer = [camera('a', 'Integrated'), camera('b', 'USB'), camera('c', 'Backdrop of OBS')];
  expect(['a', 'b', 'c', undefined].map((id) => nextCamera(computer, id)?.deviceId)).toEqual(['b', 'c', 'a', 'a']);
  expect(nextCamera(computer.slice(0, 1), 'a')).toBeUndefined();
});

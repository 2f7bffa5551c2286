import { later } from '../later.tsx';

/** Few people test their devices: a chunk of its own. */
export const DeviceTest = later(() => import('./DeviceTest.tsx').then((chunk) => chunk.DeviceTest));

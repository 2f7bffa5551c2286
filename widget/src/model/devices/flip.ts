import { type MediaDevice, RTCPeerError } from '@meetframe/contract';
import { nextCamera } from '../../media/facing.ts';
import type { DevicesModel } from '../devices.ts';

export { facingOf } from '../../media/facing.ts';

type Flippable = Pick<DevicesModel, 'choose' | 'setCamera'> & {
  cameraId: { peek(): string | undefined };
  cameraOn: { peek(): boolean };
};

/** Switches the camera. A phone may open only one at a time: if the other one is refused, the current one is closed first. */
const choose = (devices: Flippable, camera: string): Promise<void> =>
  devices.choose({ camera }).catch(async (error: RTCPeerError) => {
    if (error.code !== 'DEVICE_IN_USE' || !devices.cameraOn.peek()) throw error;
    await devices.setCamera(false);
    await devices.choose({ camera });
    await devices.setCamera(true);
  });

/** Switches to the camera of the opposite direction, otherwise to the next one (3.22). Throws `DEVICE_NOT_FOUND` if there is only one. */
export const flipCamera = async (devices: Flippable): Promise<MediaDevice> => {
  // Only the browser's own objects have the capabilities of a camera, such as its direction.
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const cameras = all.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '');
  const next = nextCamera(cameras, devices.cameraId.peek() ?? cameras[0]?.deviceId);
  if (!next) throw new RTCPeerError('DEVICE_NOT_FOUND', 'There is no other camera.');
  await choose(devices, next.deviceId);
  const { deviceId, kind, label, groupId } = next;
  return { deviceId, kind, label, groupId };
};

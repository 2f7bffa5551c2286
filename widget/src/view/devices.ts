import type { MediaDevice } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';

export type DeviceKind = 'camera' | 'microphone' | 'speaker';

const kinds = { camera: 'videoinput', microphone: 'audioinput', speaker: 'audiooutput' } as const;

/**
 * Devices of a kind to choose from, and the chosen one. Empty before permission: browsers then list devices without
 * ids.
 */
export function deviceChoice(
  model: AppModel['devices'],
  kind: DeviceKind,
): { devices: MediaDevice[]; chosen: string | undefined } {
  const chosen = { camera: model.cameraId, microphone: model.microphoneId, speaker: model.speakerId }[kind].value;
  return {
    devices: model.devices.value.filter((device) => device.kind === kinds[kind] && device.deviceId !== ''),
    chosen,
  };
}

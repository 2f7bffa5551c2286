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
  const devices = model.devices.value.filter((device) => device.kind === kinds[kind] && device.deviceId !== '');
  return { devices: devices.map((device, index) => ({ ...device, label: distinct(devices, index) })), chosen };
}

/** The label of a device; of several with the same label all but the first get a number. */
function distinct(devices: readonly MediaDevice[], index: number): string {
  const { label = '' } = devices[index] ?? {};
  const before = devices.slice(0, index).filter((each) => each.label === label).length;
  return label && before > 0 ? `${label} (${before + 1})` : label;
}

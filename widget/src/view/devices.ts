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
  return { devices: numbered(devices), chosen };
}

/** Of several devices with the same label all but the first get a number. */
function numbered(devices: readonly MediaDevice[]): MediaDevice[] {
  const given = new Set(devices.map(({ label }) => label));
  const used = new Set<string>();
  return devices.map((device) => {
    let { label } = device;
    for (let number = 2; label !== '' && used.has(label); number++) {
      const next = `${device.label} (${number})`;
      if (!given.has(next)) label = next;
    }
    used.add(label);
    return { ...device, label };
  });
}

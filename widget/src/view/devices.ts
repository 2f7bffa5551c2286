import type { MediaDevice } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';
import { facingOf, flipCamera } from '../model/devices/flip.ts';

export { flipCamera };

export type DeviceKind = 'camera' | 'microphone' | 'speaker';

const kinds = { camera: 'videoinput', microphone: 'audioinput', speaker: 'audiooutput' } as const;

export type DeviceChoice = {
  /** Empty before permission: browsers then list devices without ids. */
  devices: MediaDevice[];
  /** Id of the one in use. */
  chosen: string | undefined;
  /** Why the list is empty. */
  empty: 'device.blocked' | 'device.default' | 'device.none' | undefined;
};

/** Devices of a kind to choose from, and the chosen one. */
export function deviceChoice(model: AppModel['devices'], kind: DeviceKind): DeviceChoice {
  const chosen = { camera: model.cameraId, microphone: model.microphoneId, speaker: model.speakerId }[kind].value;
  const ofKind = model.devices.value.filter((device) => device.kind === kinds[kind]);
  const devices = numbered(ofKind.filter(({ deviceId }) => deviceId !== ''));
  const isBlocked = { camera: model.cameraBlocked, microphone: model.microphoneBlocked, speaker: undefined }[kind]
    ?.value;
  const isSomething = kind === 'speaker' || ofKind.length > 0;
  const reason = isBlocked ? 'device.blocked' : isSomething ? 'device.default' : 'device.none';
  return { devices, chosen: chosen ?? devices[0]?.deviceId, empty: devices.length === 0 ? reason : undefined };
}

/** Whether there are cameras that look to both sides, as on a phone. */
export const hasBothFacings = (model: AppModel['devices']): boolean => {
  const facings = model.devices.value.filter(({ kind }) => kind === 'videoinput').map(facingOf);
  return facings.includes('user') && facings.includes('environment');
};

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

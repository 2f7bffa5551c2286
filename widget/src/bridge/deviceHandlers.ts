import type { Definition, RTCPeerError } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';
import { flipCamera } from '../model/devices/flip.ts';
import type { LocalHandlers } from './own.ts';

type CheckCode = 1000 | 1001 | 1002 | 1003;
/** Codes of 3.37: usable, not permitted, not found or not readable, other. */
export const checkCode = (error: RTCPeerError | undefined): CheckCode => {
  switch (error?.code) {
    case undefined:
      return 1000;
    case 'PERMISSION_DENIED':
      return 1001;
    case 'DEVICE_NOT_FOUND':
    case 'DEVICE_IN_USE':
    case 'UNSUPPORTED':
      return 1002;
    default:
      return 1003;
  }
};

/** The methods that list, check and switch the devices. */
export const createDeviceHandlers = ({ devices }: AppModel) => {
  const videoCode = async (input?: { definition?: Definition | undefined }) => ({
    code: checkCode(await devices.probe('camera', input?.definition)),
  });
  const audioCode = async () => ({ code: checkCode(await devices.probe('microphone')) });

  /** Browsers hide device names until the user has allowed a device of the kind: ask for one, then list again. */
  const list = async (kinds: readonly ('camera' | 'microphone')[]) => {
    const first = await devices.refresh();
    const hidden = kinds.filter((kind) =>
      first.some((device) => device.kind === (kind === 'camera' ? 'videoinput' : 'audioinput') && device.label === ''),
    );
    if (hidden.length === 0) return first;
    await Promise.all(hidden.map((kind) => devices.probe(kind)));
    return devices.refresh();
  };

  return {
    'meeting.flipsCamera': async () => {
      await list(['camera']);
      return flipCamera(devices);
    },
    'meeting.getMediaDevices': () => list(['camera', 'microphone']),
    'meeting.getMediaVideoDevices': async () => (await list(['camera'])).filter(({ kind }) => kind === 'videoinput'),
    'meeting.checkDevice': async (input) => {
      const [video, audio] = await Promise.all([videoCode(input), audioCode()]);
      return { video, audio };
    },
    'meeting.checkVideo': async (input) => ({ video: await videoCode(input) }),
    'meeting.checkAudio': async () => ({ audio: await audioCode() }),
    'meeting.switchDevice': async ({ video, audio, speaker }) => {
      await devices.choose({
        ...(video && { camera: video.deviceId }),
        ...(audio && { microphone: audio.deviceId }),
        ...(speaker && { speaker: speaker.deviceId }),
      });
      return {};
    },
  } satisfies Partial<LocalHandlers>;
};

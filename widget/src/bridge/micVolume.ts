import type { AppModel } from '../model/compose.ts';
import type { LocalHandlers } from './own.ts';

const loudest = 30_000;

/** Sends the page the volume of the user's own microphone ten times a second, until the page turns this off. */
export const createMicVolumeHandlers = ({ devices, events }: AppModel) => {
  let timer: ReturnType<typeof setInterval> | undefined;
  const tell = () => events.emit('micVolume', { volume: Math.round(devices.microphoneLevel.peek() * loudest) });
  return {
    'meeting.getMicVolume': ({ isOn = true }) => {
      clearInterval(timer);
      if (isOn) timer = setInterval(tell, 100);
      return {};
    },
  } satisfies Partial<LocalHandlers>;
};

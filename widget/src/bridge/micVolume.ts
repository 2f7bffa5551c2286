import type { AppModel } from '../model/compose.ts';
import type { Rare } from './local.ts';

const timers = new WeakMap<AppModel, ReturnType<typeof setInterval>>();
const loudest = 30_000;

/** Tells the page the volume of the own microphone ten times a second, until it does not want it any more. */
export const createMicVolumeHandlers = (app: AppModel) =>
  ({
    'meeting.getMicVolume': ({ isOn = true }) => {
      clearInterval(timers.get(app));
      timers.delete(app);
      const tell = () =>
        app.events.emit('micVolume', { volume: Math.round(app.devices.microphoneLevel.peek() * loudest) });
      if (isOn) timers.set(app, setInterval(tell, 100));
      return {};
    },
  }) satisfies Partial<Rare>;

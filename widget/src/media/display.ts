import { RTCPeerError } from '@meetframe/contract';
import { canCapture, needsGesture } from './canCapture.ts';
import { deviceError } from './devices.ts';

/** Why a screen is captured: to share it, or to record the meeting. */
export type DisplayUse = 'share' | 'record';
export type OpenDisplay = (use: DisplayUse) => Promise<MediaStream>;

/** Options that TypeScript's types lack. Browsers that do not know them ignore them. */
type Wish = DisplayMediaStreamOptions & {
  preferCurrentTab?: boolean;
  selfBrowserSurface?: 'include' | 'exclude';
  surfaceSwitching?: 'include' | 'exclude';
  systemAudio?: 'include' | 'exclude';
  monitorTypeSurfaces?: 'include' | 'exclude';
};

const wishFor = (use: DisplayUse): Wish => {
  // The audio of the meeting must not be captured: participants would hear themselves.
  const leavesOutOwnSound = 'restrictOwnAudio' in navigator.mediaDevices.getSupportedConstraints();
  const sound = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, restrictOwnAudio: true };
  if (use === 'share')
    return {
      video: { frameRate: { ideal: 15, max: 30 } },
      audio: sound,
      systemAudio: leavesOutOwnSound ? 'include' : 'exclude',
      selfBrowserSurface: 'exclude',
      surfaceSwitching: 'include',
    };
  return {
    video: { displaySurface: 'browser', frameRate: { ideal: 25, max: 30 } },
    // The audio of the participants is mixed from their tracks instead.
    audio: false,
    preferCurrentTab: true,
    selfBrowserSurface: 'include',
    surfaceSwitching: 'exclude',
  };
};

/**
 * Asks the user to choose a screen, a window or a tab. Rejects with the browser's own error when that needs a click
 * first ({@link needsGesture}).
 *
 * @throws RTCPeerError `UNSUPPORTED`, `PERMISSION_DENIED` also when the user cancels, or `DEVICE_IN_USE`
 */
export const openDisplay: OpenDisplay = async (use) => {
  if (!canCapture()) throw new RTCPeerError('UNSUPPORTED', 'This browser cannot capture a screen (getDisplayMedia).');
  try {
    return await navigator.mediaDevices.getDisplayMedia(wishFor(use));
  } catch (cause) {
    throw needsGesture(cause) ? cause : deviceError(cause, 'screen');
  }
};

/** Whether this browser can capture a screen at all; browsers of phones cannot. */
export const canCapture = (): boolean => typeof navigator.mediaDevices?.getDisplayMedia === 'function';

/** True when the browser opens its dialog only after a click inside the frame. */
export const needsGesture = (cause: unknown): boolean =>
  (cause as { name?: string } | null)?.name === 'InvalidStateError';

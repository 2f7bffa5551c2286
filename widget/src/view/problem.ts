import type { ErrorCode } from '@meetframe/contract';
import type { OpeningProblem } from '../model/devices/slot.ts';
import type { DeviceProblem } from '../model/devices.ts';
import type { LeftReason } from '../model/meeting/seat.ts';
import type { TextKey } from './i18n.ts';

export function problemText(code: ErrorCode): TextKey {
  return `problem.${code}`;
}

/** The texts about what is wrong with the microphone and with the camera. */
export function deviceProblemTexts(
  microphone: DeviceProblem | undefined,
  camera: OpeningProblem | undefined,
): TextKey[] {
  if (microphone === 'PERMISSION_DENIED' && camera === 'PERMISSION_DENIED') return ['device.blocked.both'];
  return [
    ...(microphone ? [`device.microphone.${microphone}` as const] : []),
    ...(camera ? [`device.camera.${camera}` as const] : []),
  ];
}

export function leftTexts(reason: LeftReason): { title: TextKey; hint: TextKey } {
  return { title: `left.title.${reason}`, hint: `left.hint.${reason}` };
}

import type { ErrorCode } from '@meetframe/contract';
import type { DeviceProblem } from '../model/devices.ts';
import type { LeftReason } from '../model/meeting/seat.ts';
import type { TextKey } from './i18n.ts';

export function problemText(code: ErrorCode): TextKey {
  return `problem.${code}`;
}

export function deviceProblemText(device: 'camera' | 'microphone', problem: DeviceProblem): TextKey {
  return `device.${device}.${problem}`;
}

export function leftTexts(reason: LeftReason): { title: TextKey; hint: TextKey } {
  return { title: `left.title.${reason}`, hint: `left.hint.${reason}` };
}

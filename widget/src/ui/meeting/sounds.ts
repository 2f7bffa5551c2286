import { planTones } from '../../tones.ts';
import type { Sound } from '../../view/toasts.ts';

/** Frequencies of the tones of each sound, one after the other. */
const tones: Record<Sound, readonly number[]> = {
  joined: [587, 880],
  chat: [784],
  hand: [659, 659],
  recording: [440, 440, 660],
  knock: [330, 330],
};
const loudness = 0.06;
const each = 0.12;

let context: AudioContext | undefined;

/** Plays a short, quiet sound. Where the browser plays nothing before a click, it is left out. */
export const playSound = (sound: Sound): void => {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  if (context.state !== 'running') return;
  planTones({ target: context.destination, frequencies: tones[sound], each, loudness, start: context.currentTime });
};

import type { Sound } from '../../view/toasts.ts';

/** Frequencies of the tones of each sound, in hertz, one after the other. */
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
  const start = context.currentTime;
  tones[sound].forEach((frequency, index) => {
    if (!context) return;
    const [tone, gain] = [context.createOscillator(), context.createGain()];
    const from = start + index * each;
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(loudness, from + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.001, from + each * 1.8);
    tone.connect(gain).connect(context.destination);
    tone.start(from);
    tone.stop(from + each * 2);
  });
};

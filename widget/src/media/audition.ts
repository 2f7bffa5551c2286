import { planTones } from '../tones.ts';

/** Plays on a speaker; an empty id is the system's default. The promise resolves at the end, or when `signal` aborts. */
const playOn = async (audio: HTMLAudioElement, speakerId: string, signal: AbortSignal): Promise<void> => {
  if (speakerId && 'setSinkId' in audio) await audio.setSinkId(speakerId);
  if (signal.aborted) return;
  await audio.play();
  await new Promise<void>((resolve) => {
    audio.onended = () => resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  audio.pause();
};

/** Records a microphone for some milliseconds. Throws where the browser cannot. */
export const recordVoice = (track: MediaStreamTrack, milliseconds: number, signal: AbortSignal): Promise<Blob> =>
  new Promise((resolve, reject) => {
    const recorder = new MediaRecorder(new MediaStream([track]));
    const parts: Blob[] = [];
    const stop = (): void => {
      if (recorder.state !== 'inactive') recorder.stop();
    };
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onerror = reject;
    recorder.onstop = () => resolve(new Blob(parts, { type: recorder.mimeType }));
    recorder.start();
    const timer = setTimeout(stop, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        stop();
      },
      { once: true },
    );
  });

export const playVoice = async (voice: Blob, speakerId: string, signal: AbortSignal): Promise<void> => {
  const url = URL.createObjectURL(voice);
  try {
    await playOn(new Audio(url), speakerId, signal);
  } finally {
    URL.revokeObjectURL(url);
  }
};

/** Of the three notes, in hertz. */
const notes = [523, 659, 784];

/** Plays three notes. */
export const playNotes = async (speakerId: string, signal: AbortSignal): Promise<void> => {
  const context = new AudioContext();
  try {
    const target = context.createMediaStreamDestination();
    const audio = new Audio();
    audio.srcObject = target.stream;
    const played = playOn(audio, speakerId, signal);
    await context.resume();
    const start = context.currentTime + 0.1;
    const last = planTones({ target, frequencies: notes, each: 0.35, loudness: 0.25, start });
    // A stream has no end by itself.
    const ended = new Promise((resolve) => last?.addEventListener('ended', resolve));
    await Promise.race([ended, played]);
    audio.pause();
    audio.srcObject = null;
  } finally {
    await context.close();
  }
};

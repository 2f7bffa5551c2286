import { createModel, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import { playNotes, playVoice, recordVoice } from '../../media/audition.ts';
import { watchLevel } from '../../media/level.ts';

type Borrowed = 'camera' | 'microphone';
type Track = ReadonlySignal<MediaStreamTrack | undefined>;
type Tested = {
  cameraId: ReadonlySignal<string | undefined>;
  microphoneId: ReadonlySignal<string | undefined>;
  speakerId: ReadonlySignal<string | undefined>;
  cameraTrack: Track;
  microphoneTrack: Track;
  borrow: (kind: Borrowed) => Promise<MediaStreamTrack>;
};
/** `silent`: nothing was heard. `failed`: the browser cannot. */
export type VoiceState = 'idle' | 'recording' | 'playing' | 'done' | 'silent' | 'failed';
export type SoundState = 'idle' | 'playing' | 'failed';

const recordedFor = 4000;
/** Level below which a microphone delivers nothing but its own noise. */
const quiet = 0.12;

/** A test of camera, microphone and speaker, apart from what is sent: devices that are off are opened for it, and closed with it. */
export const DeviceTest = createModel((devices: Tested, hasCamera: boolean) => {
  const over = new AbortController();
  /** The track in use, or a track that is opened for the test. */
  const lent = (kind: Borrowed, id: ReadonlySignal<string | undefined>, own: Track) => {
    const track = signal<MediaStreamTrack | undefined>(undefined);
    const hasFailed = signal(false);
    let borrowed: MediaStreamTrack | undefined;
    let attempt = 0;
    const giveBack = (): void => {
      attempt++;
      borrowed?.stop();
      borrowed = undefined;
    };
    const borrow = async (): Promise<void> => {
      giveBack();
      const mine = attempt;
      hasFailed.value = false;
      try {
        const opened = await devices.borrow(kind);
        if (mine !== attempt || over.signal.aborted) return opened.stop();
        borrowed = opened;
        track.value = opened;
      } catch {
        hasFailed.value = mine === attempt;
      }
    };
    effect(() => {
      id.value;
      const inUse = own.value;
      untracked(() => {
        if (!inUse) return void borrow();
        giveBack();
        hasFailed.value = false;
        track.value = inUse;
      });
    });
    effect(() => giveBack);
    return { track, hasFailed };
  };
  const microphone = lent('microphone', devices.microphoneId, devices.microphoneTrack);
  const camera = hasCamera ? lent('camera', devices.cameraId, devices.cameraTrack) : undefined;
  const stream = signal<MediaStream | undefined>(undefined);
  effect(() => {
    const track = camera?.track.value;
    stream.value = track && new MediaStream([track]);
  });

  const level = signal(0);
  let loudest = 0;
  effect(() => {
    const track = microphone.track.value;
    if (!track) return undefined;
    return watchLevel(track, (now) => {
      level.value = now;
      loudest = Math.max(loudest, now);
    });
  });

  const voice = signal<VoiceState>('idle');
  const sound = signal<SoundState>('idle');
  /** Seconds that are left of the recording. */
  const left = signal(0);
  effect(() => () => over.abort());
  effect(() => {
    if (voice.value !== 'recording') return undefined;
    left.value = recordedFor / 1000;
    const timer = setInterval(() => {
      left.value = Math.max(1, left.peek() - 1);
    }, 1000);
    return () => clearInterval(timer);
  });
  const speaker = (): string => devices.speakerId.peek() ?? '';

  return {
    /** What the camera shows; `undefined` while it is not open. */
    stream,
    hasCameraFailed: camera?.hasFailed ?? signal(false),
    /** Of the microphone, 0 to 1, ten times a second. */
    level,
    voice,
    sound,
    left,
    /** Records a sentence and plays it. */
    async record(): Promise<void> {
      const track = microphone.track.peek();
      if (!track || voice.peek() === 'recording' || voice.peek() === 'playing') return;
      voice.value = 'recording';
      loudest = 0;
      try {
        const recorded = await recordVoice(track, recordedFor, over.signal);
        if (loudest < quiet) {
          voice.value = 'silent';
          return;
        }
        voice.value = 'playing';
        await playVoice(recorded, speaker(), over.signal);
        voice.value = 'done';
      } catch {
        voice.value = 'failed';
      }
    },
    /** Plays three notes on the chosen speaker. */
    async play(): Promise<void> {
      if (sound.peek() === 'playing') return;
      sound.value = 'playing';
      try {
        await playNotes(speaker(), over.signal);
        sound.value = 'idle';
      } catch {
        sound.value = 'failed';
      }
    },
  };
});

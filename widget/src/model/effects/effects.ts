import { RTCPeerError } from '@meetframe/contract';
import { batch, createModel, effect, signal, untracked } from '@preact/signals';
import { type Background, createBackground, hasBackgrounds } from '../../media/effects/background.ts';
import { hasNoiseSuppression, type Quiet, suppressNoise } from '../../media/effects/noise.ts';
import { bitmapOf, ownPicture, type PictureName, pictureNames, pictures } from '../../media/effects/pictures.ts';
import type { DevicesModel } from '../devices.ts';
import type { PageStorage } from '../storage.ts';

export { pictureNames, pictures };
/** The background of the user's video. */
export type BackgroundChoice = 'none' | 'blur' | 'own' | PictureName;
export type EffectsModel = InstanceType<typeof Effects>;

/** Under which the choices are kept. */
const keys = {
  background: 'meetframe.background',
  own: 'meetframe.background.own',
  quiet: 'meetframe.quiet',
} as const;

const isChoice = (text: string | undefined): text is BackgroundChoice =>
  text === 'blur' || text === 'own' || pictureNames.some((name) => name === text);

/**
 * What is done to the user's own video and audio before they are sent: another background, and less noise. A chunk of its own; the
 * parts that do it are loaded when they are chosen.
 */
export const Effects = createModel(
  ({ devices, storage }: { devices: DevicesModel; storage?: PageStorage | undefined }) => {
    const own = signal(storage?.read(keys.own));
    const kept = storage?.read(keys.background);
    const isUsable = hasBackgrounds() && isChoice(kept) && (kept !== 'own' || own.peek() !== undefined);
    const background = signal<BackgroundChoice>(isUsable ? kept : 'none');
    const quiet = signal(hasNoiseSuppression() && storage?.read(keys.quiet) === 'on');
    /** Why an effect that was chosen ended by itself. */
    const ended = signal<'slow' | 'failed' | 'noise' | undefined>(undefined);
    const video = signal<MediaStreamTrack | undefined>(undefined);
    const audio = signal<MediaStreamTrack | undefined>(undefined);
    let running: Background | undefined;

    const closeBackground = (): void => {
      running?.close();
      running = undefined;
      video.peek()?.stop();
      video.value = undefined;
    };
    const end = (why: 'slow' | 'failed'): void =>
      batch(() => {
        ended.value = why;
        background.value = 'none';
      });
    const put = async (choice: BackgroundChoice): Promise<void> => {
      const to = running;
      if (choice === 'none' || !to) return;
      try {
        const url = choice === 'own' ? own.peek() : choice !== 'blur' && pictures[choice];
        const behind = url ? await bitmapOf(url) : 'blur';
        if (to === running && background.peek() === choice) to.put(behind);
        else if (behind !== 'blur') behind.close();
      } catch {
        if (to === running) end('failed');
      }
    };

    // The video without the effect must not be seen, so no video is sent until the model is loaded.
    effect(() => {
      const camera = devices.openCamera.value;
      const isOn = background.value !== 'none';
      untracked(() => {
        devices.cameraEffect.value = isOn ? video : undefined;
        if (!isOn || !camera) return closeBackground();
        const isNew = !running;
        running ??= createBackground({ ended: end });
        const now = running;
        if (isNew) void put(background.peek());
        now.ready.then(
          () => {
            if (now !== running || camera !== devices.openCamera.peek()) return;
            const before = video.peek();
            video.value = now.through(camera);
            before?.stop();
          },
          () => {},
        );
      });
    });
    effect(() => {
      const choice = background.value;
      own.value;
      untracked(() => void put(choice));
    });

    // The unprocessed audio is sent until noise suppression runs.
    effect(() => {
      const microphone = devices.openMicrophone.value;
      if (!quiet.value || !microphone) return undefined;
      let made: Quiet | undefined;
      let isOver = false;
      suppressNoise(microphone).then(
        (next) => {
          if (isOver) return next.close();
          made = next;
          batch(() => {
            audio.value = next.track;
            devices.microphoneEffect.value = audio;
          });
        },
        () => {
          if (isOver) return;
          batch(() => {
            ended.value = 'noise';
            quiet.value = false;
          });
        },
      );
      return () => {
        isOver = true;
        devices.microphoneEffect.value = undefined;
        made?.close();
      };
    });
    effect(() => closeBackground);

    const choose = (choice: BackgroundChoice): void => {
      if (choice === 'own' && !own.peek()) return;
      batch(() => {
        ended.value = undefined;
        background.value = choice;
      });
      storage?.write(keys.background, choice);
    };

    return {
      hasBackgrounds,
      hasNoiseSuppression,
      background,
      /** The user's own background image as a `data:` URL. */
      own,
      quiet,
      ended,
      choose,
      /** Uses an image of the user as background; it stays in this browser. Rejects with `INVALID_ARGUMENT` for a file that is no image. */
      async useOwn(file: Blob): Promise<void> {
        const url = await ownPicture(file).catch((cause: unknown) => {
          throw new RTCPeerError('INVALID_ARGUMENT', 'file: expected an image.', undefined, cause);
        });
        own.value = url;
        storage?.write(keys.own, url);
        choose('own');
      },
      suppressNoise(on: boolean): void {
        batch(() => {
          ended.value = undefined;
          quiet.value = on;
        });
        storage?.write(keys.quiet, on ? 'on' : undefined);
      },
    };
  },
);

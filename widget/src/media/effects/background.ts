import type { BackgroundCommand, BackgroundReport } from './background.worker.ts';
import type { Behind } from './compose.ts';

/** The "breakout box" API of Chromium: streams of the frames of a track, and a track made of frames. */
type Breakout = {
  MediaStreamTrackProcessor?: new (options: { track: MediaStreamTrack }) => { readable: ReadableStream<VideoFrame> };
  MediaStreamTrackGenerator?: new (options: {
    kind: 'video';
  }) => MediaStreamTrack & {
    writable: WritableStream<VideoFrame>;
  };
};

/** Whether this browser lets a page process the frames of its camera in a worker, also while the page is hidden. */
export const hasBackgrounds = (): boolean =>
  'MediaStreamTrackProcessor' in globalThis &&
  'MediaStreamTrackGenerator' in globalThis &&
  typeof OffscreenCanvas === 'function' &&
  typeof WebAssembly === 'object';

/** Milliseconds that a frame may take, and for how many seconds in a row it may take longer. */
const slowest = 60;
const patience = 4;
/** Whether the frame times of the last seconds, one a second, show that the machine is too slow. */
export const isTooSlow = (times: readonly number[]): boolean =>
  times.length >= patience && times.slice(-patience).every((time) => time > slowest);

export type Background = ReturnType<typeof createBackground>;

/**
 * Replaces what is behind the person in a video, in a worker of its own.
 *
 * @param deps.ended called when it cannot continue: `slow` when the machine is too slow, otherwise `failed`
 */
export const createBackground = (deps: { ended: (why: 'slow' | 'failed') => void }) => {
  const worker = new Worker(new URL('./background.worker.ts', import.meta.url), { type: 'module' });
  const tell = (command: BackgroundCommand, transfer: Transferable[] = []): void =>
    worker.postMessage(command, transfer);
  let times: number[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    worker.onerror = () => {
      reject(new Error('The worker could not be loaded.'));
      deps.ended('failed');
    };
    worker.onmessage = ({ data }: MessageEvent<BackgroundReport>) => {
      if (data.kind === 'ready') return resolve();
      if (data.kind === 'failed') {
        reject(new Error('The model could not be loaded.'));
        return deps.ended('failed');
      }
      times = [...times.slice(1 - patience), data.each];
      if (isTooSlow(times)) deps.ended('slow');
    };
  });
  ready.catch(() => {});
  return {
    /** Resolves when the model is loaded. */
    ready,
    /** Sets the background. An image is transferred to the worker. */
    put: (behind: Behind): void => tell({ kind: 'behind', behind }, behind === 'blur' ? [] : [behind]),
    /** The video of a camera with another background; it ends with the camera. */
    through(camera: MediaStreamTrack): MediaStreamTrack {
      const { MediaStreamTrackProcessor, MediaStreamTrackGenerator } = globalThis as Breakout;
      if (!MediaStreamTrackProcessor || !MediaStreamTrackGenerator)
        throw new Error('This browser has no breakout box.');
      const { readable } = new MediaStreamTrackProcessor({ track: camera });
      const generator = new MediaStreamTrackGenerator({ kind: 'video' });
      const { writable } = generator;
      // A generated track does not know the size of its frames.
      generator.getSettings = () => camera.getSettings();
      times = [];
      tell({ kind: 'start', readable, writable }, [readable, writable]);
      return generator;
    },
    close: (): void => worker.terminate(),
  };
};

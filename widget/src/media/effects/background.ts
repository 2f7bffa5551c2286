import type { BackgroundCommand, BackgroundReport } from './background.worker.ts';
import type { Behind } from './compose.ts';

/** Breakout boxes, which Chromium has: streams of the frames of a track, and a track of frames. */
type Breakout = {
  MediaStreamTrackProcessor?: new (options: { track: MediaStreamTrack }) => { readable: ReadableStream<VideoFrame> };
  MediaStreamTrackGenerator?: new (options: {
    kind: 'video';
  }) => MediaStreamTrack & {
    writable: WritableStream<VideoFrame>;
  };
};

/** Whether this browser gives a page the frames of its camera, apart from the main thread, also while the page is hidden. */
export const hasBackgrounds = (): boolean =>
  'MediaStreamTrackProcessor' in globalThis &&
  'MediaStreamTrackGenerator' in globalThis &&
  typeof OffscreenCanvas === 'function' &&
  typeof WebAssembly === 'object';

/** Milliseconds that a frame may take, and for how many seconds in a row it may take longer. */
const slowest = 60;
const patience = 4;
/** Whether the last frame times, one a second, are those of a machine that is too slow. */
export const isTooSlow = (times: readonly number[]): boolean =>
  times.length >= patience && times.slice(-patience).every((time) => time > slowest);

export type Background = ReturnType<typeof createBackground>;

/**
 * Replaces what is behind the person in a video, in a worker of its own.
 *
 * @param deps.ended it cannot go on: `slow` where it takes too much of the machine, else `failed`
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
    /** What is behind the person from now on. A picture is the worker's from then on. */
    put: (behind: Behind): void => tell({ kind: 'behind', behind }, behind === 'blur' ? [] : [behind]),
    /** The video of a camera with another background; it ends with the camera. */
    through(camera: MediaStreamTrack): MediaStreamTrack {
      const { MediaStreamTrackProcessor, MediaStreamTrackGenerator } = globalThis as Breakout;
      if (!MediaStreamTrackProcessor || !MediaStreamTrackGenerator)
        throw new Error('This browser has no breakout box.');
      const { readable } = new MediaStreamTrackProcessor({ track: camera });
      const generator = new MediaStreamTrackGenerator({ kind: 'video' });
      const { writable } = generator;
      // By itself it does not know the size of its frames.
      generator.getSettings = () => camera.getSettings();
      times = [];
      tell({ kind: 'start', readable, writable }, [readable, writable]);
      return generator;
    },
    close: (): void => worker.terminate(),
  };
};

import { type Behind, createComposer } from './compose.ts';
import { createSegmenter } from './segmenter.ts';

/** `start` processes the frames of a camera until they end. */
export type BackgroundCommand =
  | { kind: 'behind'; behind: Behind }
  | { kind: 'start'; readable: ReadableStream<VideoFrame>; writable: WritableStream<VideoFrame> };
/** `pace` comes about once a second: how many frames were drawn, and how many milliseconds each took. */
export type BackgroundReport = { kind: 'ready' } | { kind: 'failed' } | { kind: 'pace'; frames: number; each: number };

const say = (report: BackgroundReport): void => postMessage(report);
const segmenter = createSegmenter();
segmenter.then(
  () => say({ kind: 'ready' }),
  () => say({ kind: 'failed' }),
);
let behind: Behind = 'blur';

const pace = () => {
  let [since, frames, busy] = [performance.now(), 0, 0];
  return (took: number): void => {
    frames++;
    busy += took;
    if (performance.now() - since < 1000) return;
    say({ kind: 'pace', frames, each: busy / frames });
    [since, frames, busy] = [performance.now(), 0, 0];
  };
};

const run = async (readable: ReadableStream<VideoFrame>, writable: WritableStream<VideoFrame>): Promise<void> => {
  const segment = await segmenter;
  const compose = createComposer();
  const count = pace();
  const change = new TransformStream<VideoFrame, VideoFrame>({
    transform(frame, controller) {
      const start = performance.now();
      try {
        const { timestamp } = frame;
        controller.enqueue(new VideoFrame(compose(frame, segment(frame), behind), { timestamp, alpha: 'discard' }));
      } finally {
        frame.close();
      }
      count(performance.now() - start);
    },
  });
  await readable.pipeThrough(change).pipeTo(writable);
};

addEventListener('message', ({ data }: MessageEvent<BackgroundCommand>) => {
  if (data.kind === 'behind') {
    if (behind !== 'blur') behind.close();
    behind = data.behind;
  } else
    run(data.readable, data.writable).catch((error: unknown) => {
      // Streams end with an error when their camera is turned off.
      if (!(error instanceof DOMException)) say({ kind: 'failed' });
    });
});

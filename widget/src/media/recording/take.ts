import { RTCPeerError } from '@meetframe/contract';
import { createMixer } from './mixer.ts';
import { create, hold } from './store.ts';
import type { Facts } from './stored.ts';

/** WebM, because it can be played even if a closed tab left it incomplete; an MP4 cannot be played without its end. */
const mimeTypes = ['video/webm;codecs=vp8,opus', 'video/webm'];
/** Length of a piece in milliseconds; a closed tab loses at most one. */
const pieceLength = 2000;

export type Take = Awaited<ReturnType<typeof startTake>>;

const usable = (): string | undefined =>
  typeof MediaRecorder === 'undefined' ? undefined : mimeTypes.find((type) => MediaRecorder.isTypeSupported(type));

/** @throws RTCPeerError `UNSUPPORTED`, which says what this browser lacks */
export const requireRecording = (): void => {
  const lacks = [
    ...(typeof navigator.mediaDevices?.getDisplayMedia === 'function' ? [] : ['getDisplayMedia']),
    ...(usable() ? [] : ['a MediaRecorder for WebM']),
  ];
  if (lacks.length > 0) throw new RTCPeerError('UNSUPPORTED', `This browser lacks ${lacks.join(' and ')}.`, { lacks });
};

type Croppable = MediaStreamTrack & { cropTo?(target: unknown): Promise<void> };
declare const CropTarget: { fromElement(element: Element): Promise<unknown> };

/** Crops the captured video to the stage, if this tab was captured and the browser supports it. */
const cropToStage = async (video: Croppable): Promise<void> => {
  const stage = document.querySelector('main');
  if (!stage || !video.cropTo || typeof CropTarget === 'undefined') return;
  // Fails for another tab, a window or a screen, of which everything is recorded.
  await video.cropTo(await CropTarget.fromElement(stage)).catch(() => {});
};

/**
 * Records a captured screen with mixed audio into pieces on this device.
 *
 * @param ended the capture ended by itself: the user pressed the browser's own button, or closed the captured window or tab
 * @param failed a piece could not be stored
 */
export const startTake = async (how: {
  display: MediaStream;
  facts: Omit<Facts, 'mimeType'>;
  ended: () => void;
  failed: (error: unknown) => void;
  /** A piece is on the device. */
  added?: () => void;
}) => {
  const video = how.display.getVideoTracks()[0] as MediaStreamTrack;
  await cropToStage(video);
  const release = hold(how.facts.id);
  const mimeType = usable() ?? '';
  const stored = await create({ ...how.facts, mimeType });
  const mixer = createMixer();
  const recorder = new MediaRecorder(new MediaStream([video, mixer.track]), {
    mimeType,
    videoBitsPerSecond: 2_500_000,
    audioBitsPerSecond: 128_000,
  });
  /** One piece after the other. */
  let writing: Promise<void> = Promise.resolve();
  recorder.ondataavailable = ({ data }) => {
    if (data.size === 0) return;
    writing = writing.then(() => stored.add(data)).then(how.added, how.failed);
  };
  let before = 0;
  let since: number | undefined = performance.now();
  const clock = (runs: boolean): void => {
    if (since !== undefined) before += performance.now() - since;
    since = runs ? performance.now() : undefined;
  };
  video.onended = () => how.ended();
  let isClosing = false;
  const closing = (): void => {
    isClosing = true;
  };
  // Before the models leave the meeting.
  addEventListener('pagehide', closing, { capture: true });
  recorder.start(pieceLength);
  return {
    stored,
    /** Milliseconds that were recorded. */
    elapsed: (): number => before + (since === undefined ? 0 : performance.now() - since),
    setSounds: mixer.set,
    /** Whether the page is being closed. */
    isClosing: (): boolean => isClosing,
    pause(): void {
      if (recorder.state !== 'recording') return;
      recorder.pause();
      clock(false);
    },
    resume(): void {
      if (recorder.state !== 'paused') return;
      recorder.resume();
      clock(true);
    },
    /** Ends the capture. Resolves when the last piece is stored. */
    async stop(): Promise<void> {
      clock(false);
      removeEventListener('pagehide', closing, { capture: true });
      video.onended = null;
      if (recorder.state !== 'inactive') {
        const stopped = new Promise((resolve) => {
          recorder.onstop = resolve;
        });
        recorder.stop();
        await stopped;
      }
      for (const track of how.display.getTracks()) track.stop();
      mixer.close();
      await writing;
    },
    /** Lets other tabs treat it as a recording that was left behind. */
    release,
  };
};

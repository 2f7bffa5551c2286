import { RTCPeerError } from '@meetframe/contract';
import { effect, signal, untracked } from '@preact/signals';
import type { MediaStack } from '../../media/stack.ts';
import type { Client } from '../../platform/client.ts';
import type { FullDevices } from '../devices.ts';
import type { MeetingState } from './state.ts';

export type PublishOptions = {
  /** Name of one's own tile. */
  localTag?: string | undefined;
  /** Name of the voice-switched tile. */
  remoteTag?: string | undefined;
};
export type Publishing = ReturnType<typeof createPublishing>;

/** What camera and microphone give → what is sent. Both ends of the chain are idempotent. */
export const createPublishing = (deps: {
  client: Client;
  state: MeetingState;
  devices: FullDevices;
  media: MediaStack;
  report: (error: RTCPeerError) => void;
}) => {
  const { client, state, devices, media } = deps;
  const isOn = signal(false);
  const published = signal(false);
  let toldMuted: boolean | undefined;

  const camera = async (): Promise<void> => {
    if (!isOn.peek() || state.isAudio.peek()) return;
    await media.session?.send('camera', devices.cameraTrack.peek() ?? null, devices.wish());
  };
  const microphone = async (): Promise<void> => {
    if (!isOn.peek()) return;
    const here = state.here();
    const track = devices.microphoneOn.peek() ? devices.microphoneTrack.peek() : undefined;
    await media.session?.send('mic', track ?? null);
    // Who has no microphone, or lost it, is heard by nobody: the others see that.
    const isMuted = track === undefined;
    if (!here() || toldMuted === isMuted) return;
    toldMuted = isMuted;
    try {
      await client.call('meeting.updateMute', { isMute: isMuted });
    } catch (error) {
      if (here()) toldMuted = undefined;
      throw error;
    }
  };
  const quietly = (step: Promise<unknown>): void => {
    step.catch((cause: unknown) => {
      const error = RTCPeerError.from(cause);
      // A lost session publishes again by itself; leaving ends what was under way.
      if (['DISCONNECTED', 'NOT_IN_MEETING', 'DESTROYED'].includes(error.code) || !state.isIn()) return;
      deps.report(error);
    });
  };

  const stops = [
    // Opened before it was known what kind of room this is.
    effect(() => {
      if (state.isAudio.value) untracked(() => quietly(devices.setCamera(false)));
    }),
    effect(() => {
      devices.cameraTrack.value;
      if (isOn.value) untracked(() => quietly(camera()));
    }),
    effect(() => {
      devices.microphoneTrack.value;
      devices.microphoneOn.value;
      if (isOn.value) untracked(() => quietly(microphone()));
    }),
  ];

  return {
    published,
    isOn: (): boolean => isOn.peek(),
    quietly,
    async start({ localTag, remoteTag }: PublishOptions = {}): Promise<void> {
      const own = state.ownClient();
      const here = state.here();
      if (localTag) state.named.value = new Map(state.named.peek()).set(localTag, own.id);
      if (remoteTag) state.voiceTag.value = remoteTag;
      const wish = devices.wish();
      devices.setWish({ ...wish, definition: wish.definition ?? state.room.peek()?.definition });
      isOn.value = true;
      await Promise.all([microphone(), camera()]);
      if (!here()) throw new RTCPeerError('NOT_IN_MEETING', 'The meeting was left while publishing.');
      published.value = true;
    },
    /** Camera or microphone alone, as when one is turned on in the meeting. */
    async turnOn(source: 'camera' | 'microphone'): Promise<void> {
      isOn.value = true;
      await (source === 'camera' ? camera() : microphone());
    },
    /** In a seat taken anew: what was on is sent again. */
    async resume(): Promise<void> {
      await Promise.all([microphone(), camera()]);
    },
    /** The server knows whether one is muted, by its own doing (`true`), or not any more (`undefined`). */
    serverKnows(isMuted: boolean | undefined): void {
      toldMuted = isMuted;
    },
    forget(): void {
      toldMuted = undefined;
      isOn.value = false;
      published.value = false;
      // The next room has a size of its own.
      devices.setWish({});
    },
    dispose(): void {
      for (const stop of stops) stop();
    },
  };
};

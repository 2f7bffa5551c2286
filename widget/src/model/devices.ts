import { type Definition, type MediaDevice, RTCPeerError } from '@meetframe/contract';
import { computed, signal } from '@preact/signals';
import { type CameraWish, type Hardware, reaches } from '../media/devices.ts';
import { watchLevel } from '../media/level.ts';
import { createSlot } from './devices/slot.ts';
import type { DevicesModel } from './types.ts';

export type FullDevices = ReturnType<typeof createDevices>;
export type PictureWish = Pick<CameraWish, 'definition' | 'minFrameRate' | 'maxFrameRate'>;

/** Camera, microphone and speaker of this machine. */
export const createDevices = (deps: { hardware: Hardware; setSpeaker: (id: string) => Promise<void> }) => {
  const { hardware } = deps;
  const devices = signal<MediaDevice[]>([]);
  const speakerId = signal<string | undefined>(undefined);
  const microphoneLevel = signal(0);
  let wish: PictureWish = {};
  let disposed = false;
  let stopLevel: () => void = () => {};

  const refresh = async (): Promise<MediaDevice[]> => {
    const list = await hardware.listDevices();
    if (!disposed && JSON.stringify(list) !== JSON.stringify(devices.peek())) devices.value = list;
    return list;
  };
  const camera = createSlot({
    kind: 'videoinput',
    open: (deviceId) => hardware.openCamera({ deviceId, ...wish }),
    isDenied: () => hardware.isDenied('camera'),
    devices,
    refresh,
  });
  const microphone = createSlot({
    kind: 'audioinput',
    open: hardware.openMicrophone,
    isDenied: () => hardware.isDenied('microphone'),
    devices,
    refresh,
    onTrack(track) {
      stopLevel();
      stopLevel = track
        ? watchLevel(track, (level) => {
            microphoneLevel.value = level;
          })
        : () => {};
    },
  });
  const slots = { camera, microphone };

  const setSpeaker = async (id: string): Promise<void> => {
    try {
      await deps.setSpeaker(id);
    } catch (cause) {
      throw new RTCPeerError(
        'DEVICE_NOT_FOUND',
        'There is no such speaker, or it may not be chosen.',
        undefined,
        cause,
      );
    }
    speakerId.value = id;
  };

  const stopWatching = hardware.onDevicesChanged(async () => {
    const list = await refresh();
    for (const slot of Object.values(slots)) slot.comeBack(list);
  });

  const model: DevicesModel = {
    devices,
    cameraId: camera.id,
    microphoneId: microphone.id,
    speakerId,
    cameraOn: camera.on,
    microphoneOn: microphone.on,
    cameraStream: computed(() => (camera.track.value ? new MediaStream([camera.track.value]) : undefined)),
    cameraProblem: camera.problem,
    microphoneProblem: microphone.problem,
    opening: computed(() => camera.opening.value || microphone.opening.value),
    microphoneLevel,
    setCamera: camera.set,
    setMicrophone: microphone.set,
    async choose(choice) {
      await Promise.all([
        choice.camera !== undefined && camera.choose(choice.camera),
        choice.microphone !== undefined && microphone.choose(choice.microphone),
        choice.speaker !== undefined && setSpeaker(choice.speaker),
      ]);
    },
    refresh,
  };
  return {
    ...model,
    cameraTrack: camera.track,
    microphoneTrack: microphone.track,
    /** Size and rate of the picture; an open camera is opened again when they change. */
    setWish(next: PictureWish): void {
      const isSame = (['definition', 'minFrameRate', 'maxFrameRate'] as const).every((key) => next[key] === wish[key]);
      if (isSame) return;
      wish = next;
      void camera.reopen().catch(() => {});
    },
    wish: (): PictureWish => wish,
    /** Tries a device without keeping it; a camera that lacks the lines of `definition` counts as none. */
    async probe(kind: keyof typeof slots, definition?: Definition): Promise<RTCPeerError | undefined> {
      if (kind === 'microphone' || !definition) return slots[kind].probe();
      const open = camera.track.peek();
      if (open && !reaches(open, definition))
        return new RTCPeerError('DEVICE_NOT_FOUND', `The camera has no ${definition}.`);
      return camera.probe(() => hardware.openCamera({ definition, isExact: true }));
    },
    /** Releases everything, as after a meeting. */
    async off(): Promise<void> {
      await Promise.allSettled([camera.set(false), microphone.set(false)]);
    },
    dispose(): void {
      disposed = true;
      stopWatching();
      camera.dispose();
      microphone.dispose();
    },
  };
};

import { type Definition, type ErrorCode, type MediaDevice, RTCPeerError } from '@meetframe/contract';
import { computed, createModel, effect, signal, untracked } from '@preact/signals';
import { type CameraConstraints, type Hardware, reaches } from '../media/devices.ts';
import { watchLevel } from '../media/level.ts';
import { DeviceSlot } from './devices/slot.ts';
import type { Emit } from './events.ts';

/** Why a device cannot be opened. */
export type OpeningProblem = Extract<
  ErrorCode,
  'PERMISSION_DENIED' | 'DEVICE_NOT_FOUND' | 'DEVICE_IN_USE' | 'INTERNAL'
>;
/** Why a camera or microphone delivers nothing. */
export type DeviceProblem = OpeningProblem | 'SYSTEM_MUTED';
export type DevicesModel = InstanceType<typeof Devices>;
export type VideoConstraints = Pick<CameraConstraints, 'definition' | 'minFrameRate' | 'maxFrameRate'>;

/** Camera, microphone and speaker of this machine. */
export const Devices = createModel(
  (deps: { hardware: Hardware; setSpeaker: (id: string) => Promise<void>; emit: Emit }) => {
    const { hardware, emit } = deps;
    const devices = signal<MediaDevice[]>([]);
    const speakerId = signal<string | undefined>(undefined);
    const microphoneLevel = signal(0);
    let constraints: VideoConstraints = {};
    let disposed = false;
    let stopLevel: () => void = () => {};

    const refresh = async (): Promise<MediaDevice[]> => {
      const list = await hardware.listDevices();
      if (!disposed && JSON.stringify(list) !== JSON.stringify(devices.peek())) devices.value = list;
      return list;
    };
    const camera = new DeviceSlot({
      kind: 'videoinput',
      open: (deviceId) => hardware.openCamera({ deviceId, ...constraints }),
      isDenied: () => hardware.isDenied('camera'),
      devices,
      refresh,
    });
    const microphone = new DeviceSlot({
      kind: 'audioinput',
      open: (deviceId) => hardware.openMicrophone(deviceId),
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

    effect(() =>
      hardware.onDevicesChanged(async () => {
        const list = await refresh();
        for (const slot of Object.values(slots)) slot.devicesChanged(list);
      }),
    );
    let isFirst = true;
    effect(() => {
      const list = devices.value;
      for (const id of [camera.id, microphone.id, speakerId]) id.value;
      if (!isFirst) untracked(() => emit('deviceChanged', { devices: list }));
      isFirst = false;
    });
    effect(() => () => {
      disposed = true;
      stopLevel();
    });

    return {
      /** All connected devices that the browser lists. */
      devices,
      cameraId: camera.id,
      microphoneId: microphone.id,
      speakerId,
      /** Whether camera and microphone are wanted on; a device may still be missing, see the problems. */
      cameraOn: camera.on,
      microphoneOn: microphone.on,
      /** The user's own video, in the lobby and in the meeting; `undefined` while the camera is off or missing. */
      cameraStream: computed(() => (camera.track.value ? new MediaStream([camera.track.value]) : undefined)),
      cameraProblem: camera.problem,
      microphoneProblem: computed<DeviceProblem | undefined>(
        () => microphone.problem.value ?? (microphone.isSilenced.value ? 'SYSTEM_MUTED' : undefined),
      ),
      /** A device is being opened (a permission prompt may be up). */
      cameraOpening: camera.opening,
      microphoneOpening: microphone.opening,
      /** Level of the user's own microphone, 0 to 1, about 10 times a second; 0 while off. */
      microphoneLevel,
      setCamera: camera.set,
      setMicrophone: microphone.set,
      async choose(choice: { camera?: string; microphone?: string; speaker?: string }): Promise<void> {
        await Promise.all([
          choice.camera !== undefined && camera.choose(choice.camera),
          choice.microphone !== undefined && microphone.choose(choice.microphone),
          choice.speaker !== undefined && setSpeaker(choice.speaker),
        ]);
      },
      refresh,
      cameraTrack: camera.track,
      microphoneTrack: microphone.track,
      /** Size and rate of the video, also of an open camera. */
      constrainVideo(next: VideoConstraints): void {
        const isSame = (['definition', 'minFrameRate', 'maxFrameRate'] as const).every(
          (key) => next[key] === constraints[key],
        );
        if (isSame) return;
        constraints = next;
        void camera.adjust((track) => hardware.adjustCamera(track, constraints)).catch(() => {});
      },
      videoConstraints: (): VideoConstraints => constraints,
      /** Opens a device to test it, and releases it. A camera with fewer lines than `definition` counts as missing. */
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
    };
  },
);

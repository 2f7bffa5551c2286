import { type Definition, type MediaDevice, RTCPeerError } from '@meetframe/contract';
import { batch, computed, signal } from '@preact/signals';
import type { Hardware } from '../media/devices.ts';
import { watchLevel } from '../media/level.ts';
import type { DeviceProblem, DevicesModel } from './types.ts';

export type FullDevices = ReturnType<typeof createDevices>;

const problemOf = (error: unknown): DeviceProblem => {
  const { code } = RTCPeerError.from(error);
  return code === 'PERMISSION_DENIED' || code === 'DEVICE_NOT_FOUND' || code === 'DEVICE_IN_USE' ? code : 'INTERNAL';
};

/** Camera, microphone and speaker of this machine. */
export const createDevices = (deps: { hardware: Hardware; setSpeaker: (id: string) => Promise<void> }) => {
  const { hardware } = deps;
  const devices = signal<MediaDevice[]>([]);
  const cameraId = signal<string | undefined>(undefined);
  const microphoneId = signal<string | undefined>(undefined);
  const speakerId = signal<string | undefined>(undefined);
  const cameraOn = signal(false);
  const microphoneOn = signal(false);
  const cameraTrack = signal<MediaStreamTrack | undefined>(undefined);
  const microphoneTrack = signal<MediaStreamTrack | undefined>(undefined);
  const cameraProblem = signal<DeviceProblem | undefined>(undefined);
  const microphoneProblem = signal<DeviceProblem | undefined>(undefined);
  const pending = signal(0);
  const microphoneLevel = signal(0);
  const cameraStream = computed(() => (cameraTrack.value ? new MediaStream([cameraTrack.value]) : undefined));
  let wish: { definition?: Definition | undefined; maxFrameRate?: number | undefined } = {};
  let disposed = false;
  let stopLevel: () => void = () => {};

  const refresh = async (): Promise<MediaDevice[]> => {
    const list = await hardware.listDevices();
    if (!disposed && JSON.stringify(list) !== JSON.stringify(devices.peek())) devices.value = list;
    return list;
  };

  const kinds = {
    camera: {
      on: cameraOn,
      id: cameraId,
      track: cameraTrack,
      problem: cameraProblem,
      open: (id: string | undefined) => hardware.openCamera({ deviceId: id, ...wish }),
    },
    microphone: {
      on: microphoneOn,
      id: microphoneId,
      track: microphoneTrack,
      problem: microphoneProblem,
      open: (id: string | undefined) => hardware.openMicrophone(id),
    },
  };
  type Kind = keyof typeof kinds;
  const queues: Record<Kind, Promise<unknown>> = { camera: Promise.resolve(), microphone: Promise.resolve() };

  const release = (kind: Kind): void => {
    const { track } = kinds[kind];
    const old = track.peek();
    if (!old) return;
    if (kind === 'microphone') stopLevel();
    track.value = undefined;
    old.onended = null;
    old.stop();
  };

  const use = (kind: Kind, track: MediaStreamTrack): void => {
    const slot = kinds[kind];
    const old = slot.track.peek();
    // The device was unplugged or the permission taken back.
    track.onended = () => {
      if (slot.track.peek() !== track) return;
      release(kind);
      slot.problem.value = 'DEVICE_NOT_FOUND';
      void refresh();
    };
    batch(() => {
      slot.track.value = track;
      slot.problem.value = undefined;
      slot.id.value = track.getSettings().deviceId ?? slot.id.peek();
    });
    if (old) {
      old.onended = null;
      old.stop();
    }
    if (kind === 'microphone') {
      stopLevel();
      stopLevel = watchLevel(track, (level) => {
        microphoneLevel.value = level;
      });
    }
  };

  /** Opens or releases, one step at a time for each kind; the last wish counts. */
  const bring = (kind: Kind, fresh = false): Promise<void> => {
    const slot = kinds[kind];
    const step = queues[kind]
      .catch(() => {})
      .then(async () => {
        if (!slot.on.peek() || disposed) return release(kind);
        if (slot.track.peek() && !fresh) return;
        pending.value++;
        try {
          const track = await slot.open(slot.id.peek());
          if (!slot.on.peek() || disposed) return track.stop();
          use(kind, track);
        } catch (error) {
          slot.problem.value = problemOf(error);
          throw error;
        } finally {
          pending.value--;
          void refresh();
        }
      });
    queues[kind] = step;
    return step;
  };

  const set = (kind: Kind, on: boolean): Promise<void> => {
    kinds[kind].on.value = on;
    if (!on) kinds[kind].problem.value = undefined;
    return bring(kind);
  };

  const stopWatching = hardware.onDevicesChanged(() => void refresh());
  const model: DevicesModel = {
    devices,
    cameraId,
    microphoneId,
    speakerId,
    cameraOn,
    microphoneOn,
    cameraStream,
    cameraProblem,
    microphoneProblem,
    opening: computed(() => pending.value > 0),
    microphoneLevel,
    setCamera: (on) => set('camera', on),
    setMicrophone: (on) => set('microphone', on),
    async choose({ camera, microphone, speaker }) {
      const change = async (kind: Kind, id: string): Promise<void> => {
        const slot = kinds[kind];
        const old = slot.id.peek();
        if (old === id && slot.track.peek()) return;
        slot.id.value = id === 'any' ? undefined : id;
        try {
          if (slot.on.peek()) await bring(kind, true);
          else if (id !== 'any' && !(await refresh()).some(({ deviceId }) => deviceId === id))
            throw new RTCPeerError('DEVICE_NOT_FOUND', `There is no such ${kind}.`);
        } catch (error) {
          slot.id.value = old;
          throw error;
        }
      };
      await Promise.all([
        camera !== undefined && change('camera', camera),
        microphone !== undefined && change('microphone', microphone),
        speaker !== undefined &&
          deps.setSpeaker(speaker).then(
            () => {
              speakerId.value = speaker;
            },
            (cause: unknown) => {
              throw new RTCPeerError(
                'DEVICE_NOT_FOUND',
                'There is no such speaker, or it may not be chosen.',
                undefined,
                cause,
              );
            },
          ),
      ]);
    },
    refresh,
  };
  return {
    ...model,
    cameraTrack,
    microphoneTrack,
    /** Size and rate of the picture; an open camera is opened again when they change. */
    setWish(next: { definition?: Definition | undefined; maxFrameRate?: number | undefined }): void {
      const same = next.definition === wish.definition && next.maxFrameRate === wish.maxFrameRate;
      if (same) return;
      wish = next;
      if (cameraTrack.peek()) void bring('camera', true).catch(() => {});
    },
    wish: () => wish,
    /** Tries a device without keeping it. */
    async probe(kind: Kind): Promise<RTCPeerError | undefined> {
      if (kinds[kind].track.peek()) return undefined;
      try {
        (await kinds[kind].open(undefined)).stop();
        return undefined;
      } catch (error) {
        return RTCPeerError.from(error);
      } finally {
        void refresh();
      }
    },
    /** Releases everything, as after a meeting. */
    async off(): Promise<void> {
      await Promise.allSettled([set('camera', false), set('microphone', false)]);
    },
    dispose(): void {
      disposed = true;
      stopWatching();
      cameraOn.value = false;
      microphoneOn.value = false;
      release('camera');
      release('microphone');
    },
  };
};

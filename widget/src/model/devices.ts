import { type Definition, type MediaDevice, RTCPeerError } from '@meetframe/contract';
import { computed, createModel, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import { type CameraConstraints, type Hardware, reaches } from '../media/devices.ts';
import { DeviceSlot, type OpeningProblem } from './devices/slot.ts';
import { findWished, type Switched, type Wish } from './devices/wish.ts';
import type { Emit } from './events.ts';
import type { Habits } from './habits.ts';

/** Why a camera or microphone delivers nothing. */
export type DeviceProblem = OpeningProblem | 'SYSTEM_MUTED';
export type DevicesModel = InstanceType<typeof Devices>;
/** What an effect makes of the track of a device; `undefined` while there is no effect. */
type Effect = ReadonlySignal<MediaStreamTrack | undefined> | undefined;
export type VideoConstraints = Pick<CameraConstraints, 'definition' | 'minFrameRate' | 'maxFrameRate'>;

/** Camera, microphone and speaker of this machine. */
export const Devices = createModel(
  (deps: {
    hardware: Hardware;
    setSpeaker: (id: string) => Promise<void>;
    emit: Emit;
    /** What is remembered from earlier visits. */
    habits?: Habits | undefined;
  }) => {
    const { hardware, emit, habits } = deps;
    const kept = habits?.read() ?? {};
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
    const listeners = new Set<(switched: Switched) => void>();
    const tell = (switched: Switched): void => {
      for (const listener of listeners) listener(switched);
    };
    const common = (kind: 'camera' | 'microphone') => ({
      isDenied: () => hardware.isDenied(kind),
      onPermission: (listener: (state: PermissionState) => void) => hardware.onPermission(kind, listener),
      wish: kept[kind],
      onWish: (wish: Wish | undefined) => habits?.keep({ [kind]: wish }),
      onSwitched: (how: Switched['how'], label: string) => tell({ kind, how, label }),
      devices,
      refresh,
    });
    const camera = new DeviceSlot({
      ...common('camera'),
      kind: 'videoinput',
      open: (deviceId) => hardware.openCamera({ deviceId, ...constraints }),
    });
    const microphone = new DeviceSlot({
      ...common('microphone'),
      kind: 'audioinput',
      open: (deviceId) => hardware.openMicrophone(deviceId),
      onTrack(track) {
        stopLevel();
        stopLevel = () => {};
        if (!track) return;
        void import('../media/level.ts').then(({ watchLevel }) => {
          if (track !== microphone.track.peek() || disposed) return;
          stopLevel = watchLevel(track, (level) => {
            microphoneLevel.value = level;
          });
        });
      },
    });
    const slots = { camera, microphone };
    const adjustments = signal(0);
    const cameraEffect = signal<Effect>(undefined);
    const microphoneEffect = signal<Effect>(undefined);
    const cameraTrack = computed(() => (cameraEffect.value ?? camera.track).value);

    let wishedSpeaker = kept.speaker;
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
      const label = devices.peek().find(({ kind, deviceId }) => kind === 'audiooutput' && deviceId === id)?.label ?? '';
      wishedSpeaker = { deviceId: id, label };
      habits?.keep({ speaker: wishedSpeaker });
    };
    /** Plays on the chosen speaker while it is connected, otherwise on the system's default. */
    let areSpeakersKnown = false;
    const followSpeaker = (list: readonly MediaDevice[]): void => {
      if (!list.some(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '')) return;
      const isChange = areSpeakersKnown;
      areSpeakersKnown = true;
      if (!wishedSpeaker) return;
      const found = findWished(list, 'audiooutput', wishedSpeaker);
      const next = found?.deviceId ?? '';
      if (next === (speakerId.peek() ?? '')) return;
      speakerId.value = found?.deviceId;
      deps.setSpeaker(next).then(
        () => isChange && tell({ kind: 'speaker', how: found ? 'back' : 'lost', label: found?.label ?? '' }),
        () => {},
      );
    };

    effect(() =>
      hardware.onDevicesChanged(async () => {
        const list = await refresh();
        for (const slot of Object.values(slots)) slot.devicesChanged(list);
      }),
    );
    effect(() => {
      const list = devices.value;
      untracked(() => followSpeaker(list));
    });
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
      cameraStream: computed(() => (cameraTrack.value ? new MediaStream([cameraTrack.value]) : undefined)),
      /** Shown like a mirror, unless the camera looks away from the user. */
      isCameraMirrored: computed(() => camera.track.value?.getSettings().facingMode !== 'environment'),
      cameraProblem: camera.problem,
      /** True when the user, or a policy, refuses access to the device. */
      cameraBlocked: camera.isBlocked,
      microphoneBlocked: microphone.isBlocked,
      microphoneProblem: computed<DeviceProblem | undefined>(
        () => microphone.problem.value ?? (microphone.isSilenced.value ? 'SYSTEM_MUTED' : undefined),
      ),
      /** A device is being opened (a permission prompt may be up). */
      cameraOpening: computed(() => camera.opening.value || (!cameraTrack.value && camera.track.value !== undefined)),
      microphoneOpening: microphone.opening,
      /** Level of the user's own microphone, 0 to 1, about 10 times a second; 0 while off. */
      microphoneLevel,
      /** What a microphone that is off delivers while it is kept open. Nothing of it is sent. */
      spareMicrophone: microphone.spare,
      keepMicrophoneOpen: microphone.keepOpen,
      /** Listens for devices that replace others by themselves. Returns a function that removes the listener. */
      onSwitched(listener: (switched: Switched) => void): () => void {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
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
      /** The tracks to send: those of the open devices, or those that the effects make of them. */
      cameraTrack,
      microphoneTrack: computed(() => (microphoneEffect.value ?? microphone.track).value),
      openCamera: camera.track,
      openMicrophone: microphone.track,
      cameraEffect,
      microphoneEffect,
      /** Size and rate of the video, also of an open camera. */
      constrainVideo(next: VideoConstraints): void {
        const isSame = (['definition', 'minFrameRate', 'maxFrameRate'] as const).every(
          (key) => next[key] === constraints[key],
        );
        if (isSame) return;
        constraints = next;
        camera
          .adjust((track) => hardware.adjustCamera(track, constraints))
          .then(
            () => {
              adjustments.value++;
            },
            () => {},
          );
      },
      /** Counts the changes that {@link constrainVideo} made to an open camera, whose size has changed then. */
      cameraAdjustments: adjustments as ReadonlySignal<number>,
      videoConstraints: (): VideoConstraints => constraints,
      /** Opens a device to test it, and releases it. A camera with fewer lines than `definition` counts as missing. */
      async probe(kind: keyof typeof slots, definition?: Definition): Promise<RTCPeerError | undefined> {
        if (kind === 'microphone' || !definition) return slots[kind].probe();
        const open = camera.track.peek();
        if (open && !reaches(open, definition))
          return new RTCPeerError('DEVICE_NOT_FOUND', `The camera has no ${definition}.`);
        return camera.probe(() => hardware.openCamera({ definition, isExact: true }));
      },
      /** A track of its own to test the device with, whether it is on or not; the caller stops it. */
      borrow: (kind: keyof typeof slots): Promise<MediaStreamTrack> => slots[kind].borrow(),
      /** Releases everything, as after a meeting. */
      async off(): Promise<void> {
        microphone.keepOpen(false);
        await Promise.allSettled([camera.set(false), microphone.set(false)]);
      },
    };
  },
);

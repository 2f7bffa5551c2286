import { RTCPeerError } from '@meetframe/contract';
import { computed, createModel, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { DeviceProblem, DevicesModel } from '../devices.ts';
import type { Emit } from '../events.ts';
import type { ConnectivityModel } from './connectivity.ts';
import type { LinkModel } from './link.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';

/** The user's own microphone or camera, in the lobby and in the meeting. */
export type OwnSource = {
  /** The state that the user or the page wants. */
  wanted: ReadonlySignal<boolean>;
  /** A change is under way: a device is being opened (a permission prompt may be up), or the server is being told. */
  isChanging: ReadonlySignal<boolean>;
  /** The actual state: the device delivers a track, and in a meeting the server does not have it muted. */
  isOn: ReadonlySignal<boolean>;
  /** Why the device delivers no track although it is wanted. */
  problem: ReadonlySignal<DeviceProblem | undefined>;
  /** Rejects with the error of the device or the server; `wanted` stays, and the next call tries again. */
  set(on: boolean): Promise<void>;
};
export type PublishingModel = InstanceType<typeof Publishing>;

/** Errors that belong to an ended participation, or that the next participation resolves. */
const passedOver = ['DISCONNECTED', 'NOT_IN_MEETING', 'DESTROYED'];

/** Publishes the tracks of camera and microphone. Every step is idempotent. */
export const Publishing = createModel(
  (deps: {
    client: Pick<Client, 'call' | 'on'>;
    connectivity: ConnectivityModel;
    seat: SeatModel;
    roster: RosterModel;
    devices: DevicesModel;
    link: LinkModel;
    emit: Emit;
    report: (error: RTCPeerError) => void;
  }) => {
    const { client, connectivity, seat, roster, devices, link, emit } = deps;
    const isSending = signal(false);
    let isAnnounced = false;

    const microphoneTrack = (): MediaStreamTrack | undefined =>
      devices.microphoneOn.peek() ? devices.microphoneTrack.peek() : undefined;

    let telling: Promise<void> | undefined;
    const tellOnce = async (): Promise<void> => {
      for (;;) {
        const own = roster.self.peek()?.client;
        // A participant whose microphone is missing, lost or muted by the system is shown as muted to the others.
        const isMuted = microphoneTrack() === undefined || devices.microphoneProblem.peek() === 'SYSTEM_MUTED';
        if (!own || !isSending.peek() || own.isMuted === isMuted) return;
        await client.call('meeting.updateMute', { isMute: isMuted });
        if (roster.self.peek()?.client.id === own.id) roster.confirmSelf({ isMuted });
      }
    };
    /** Brings the server's `isMuted` in line with the microphone: one message at a time, the last state counts. */
    const tellMuted = (): Promise<void> => {
      telling ??= tellOnce().finally(() => {
        telling = undefined;
      });
      return telling;
    };
    const sendMicrophone = async (): Promise<void> => {
      if (!isSending.peek()) return;
      const here = seat.here();
      await link.session()?.send('mic', microphoneTrack() ?? null);
      if (here()) await tellMuted();
    };
    const sendCamera = async (): Promise<void> => {
      if (!isSending.peek() || roster.isAudioOnly.peek()) return;
      await link.session()?.send('camera', devices.cameraTrack.peek() ?? null, devices.videoConstraints());
    };
    const quietly = (step: Promise<unknown>): void => {
      step.catch((cause: unknown) => {
        const error = RTCPeerError.from(cause);
        if (seat.isIn() && !passedOver.includes(error.code)) deps.report(error);
      });
    };

    const again = (): void => {
      if (isSending.peek()) quietly(Promise.all([sendMicrophone(), sendCamera()]));
    };

    const ownSource = (parts: {
      wanted: ReadonlySignal<boolean>;
      isOpening: ReadonlySignal<boolean>;
      isOn: () => boolean;
      problem: ReadonlySignal<DeviceProblem | undefined>;
      set: (on: boolean) => Promise<void>;
      send: () => Promise<void>;
    }): OwnSource => {
      const changes = signal(0);
      return {
        wanted: parts.wanted,
        isChanging: computed(() => changes.value > 0 || parts.isOpening.value),
        isOn: computed(parts.isOn),
        problem: parts.problem,
        async set(on) {
          changes.value++;
          try {
            await parts.set(on);
            if (!seat.isIn()) return;
            isSending.value = true;
            const told = parts.send();
            // The device is off already; the server is told when it can be reached.
            await (on ? told : connectivity.unlessAway(told));
          } finally {
            changes.value--;
          }
        },
      };
    };
    const microphone = ownSource({
      wanted: devices.microphoneOn,
      isOpening: devices.microphoneOpening,
      isOn: () =>
        devices.microphoneOn.value &&
        devices.microphoneTrack.value !== undefined &&
        devices.microphoneProblem.value === undefined &&
        roster.self.value?.client.isMuted !== true,
      problem: devices.microphoneProblem,
      set: devices.setMicrophone,
      send: sendMicrophone,
    });
    const camera = ownSource({
      wanted: devices.cameraOn,
      isOpening: devices.cameraOpening,
      isOn: () => devices.cameraOn.value && devices.cameraTrack.value !== undefined,
      problem: devices.cameraProblem,
      async set(on) {
        if (on && roster.isAudioOnly.peek())
          throw new RTCPeerError('FORBIDDEN', 'This meeting is for audio only: there is no camera.');
        await devices.setCamera(on);
      },
      async send() {
        await sendCamera();
        roster.confirmSelf({ video: devices.cameraTrack.peek() !== undefined });
      },
    });

    seat.follow({
      left() {
        isAnnounced = false;
        isSending.value = false;
        // The next room has a definition of its own.
        devices.constrainVideo({});
        void devices.off();
      },
    });
    // The camera was opened before the type of the room was known.
    effect(() => {
      if (roster.isAudioOnly.value) untracked(() => quietly(devices.setCamera(false)));
    });
    effect(() => {
      devices.cameraTrack.value;
      devices.cameraAdjustments.value;
      if (isSending.value) untracked(() => quietly(sendCamera()));
    });
    effect(() => {
      devices.microphoneTrack.value;
      devices.microphoneOn.value;
      devices.microphoneProblem.value;
      if (isSending.value) untracked(() => quietly(sendMicrophone()));
    });
    // Tells the server what changed while the connection was lost. A new session has no seat yet: `resume` follows.
    effect(() => connectivity.onResumed(again));
    effect(() =>
      client.on('media.codecUnsupported', ({ source }) => {
        const session = link.session();
        if (session) quietly(session.fallBack(source));
      }),
    );

    return {
      microphone,
      camera,
      /** Starts to publish the tracks of the devices. */
      async start(): Promise<void> {
        const here = seat.here();
        const { definition = roster.room.peek()?.definition, ...rates } = devices.videoConstraints();
        devices.constrainVideo({ ...rates, definition });
        isSending.value = true;
        await Promise.all([sendMicrophone(), sendCamera()]);
        const roomId = roster.room.peek()?.id;
        if (!here() || roomId === undefined)
          throw new RTCPeerError('NOT_IN_MEETING', 'The meeting was left while publishing.');
        if (!isAnnounced) emit('onLocalPublished', { roomId, client: roster.ownClient() });
        isAnnounced = true;
      },
      /** In a seat that was taken again: publishes again. A refusal does not end the seat. */
      resume: again,
      /** The moderator muted this participant; the server has already done so. */
      muted(): void {
        roster.confirmSelf({ isMuted: true });
        quietly(devices.setMicrophone(false));
      },
    };
  },
);

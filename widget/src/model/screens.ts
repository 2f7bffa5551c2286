import { type ErrorCode, type RoomType, RTCPeerError, type Screen, type WidgetOptions } from '@meetframe/contract';
import { batch, computed, createModel, effect, type Signal, signal, untracked } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import type { Target } from './address.ts';
import type { Admissions } from './admissions.ts';
import type { DevicesModel } from './devices.ts';
import { Entrance } from './entrance.ts';
import type { Habits } from './habits.ts';
import type { IdentityModel } from './identity.ts';
import type { EnterInput } from './meeting/entry.ts';
import type { MeetingModel } from './meeting/meeting.ts';
import type { LeftReason } from './meeting/seat.ts';

/** Errors after which connecting again with the same page, user and widget cannot succeed. */
const fatalCodes: readonly ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'VERSION_MISMATCH'];
const ignore = (): void => {};

/** The current screen, and the transitions between screens. */
export const Screens = createModel(
  (deps: {
    client: Client;
    admissions: Admissions;
    identity: IdentityModel;
    devices: DevicesModel;
    meeting: MeetingModel;
    /** What the page's options, or the address of the platform's own page, ask for. */
    options: () => WidgetOptions;
    /** The last error that the user must see. */
    problem: Signal<RTCPeerError | undefined>;
    habits?: Habits | undefined;
    report: (error: RTCPeerError) => void;
  }) => {
    const { identity, devices, meeting, options, problem, report, habits } = deps;
    const isFatal = signal(false);
    const leftReason = signal<LeftReason | undefined>(undefined);
    /** How long the user was in the last meeting, in milliseconds. */
    const stayed = signal(0);
    /** How many took part in it while the user was there. */
    const met = signal(0);
    const seen = new Set<number>();
    effect(() => {
      for (const { client } of meeting.roster.members.value) seen.add(client.id);
    });
    let enteredAt = 0;
    const chosenName = signal<string | undefined>(undefined);
    const { name: usualName = '' } = habits?.read() ?? {};
    const username = computed(() => chosenName.value ?? identity.user.value?.name ?? usualName);
    /** The camera is opened later: the type of the room is not known yet. */
    let isCameraDue = false;

    /** Whether camera and microphone were on in the last meeting, for entering it again. */
    let wasOn = { video: true, audio: true };
    let isBack = false;
    effect(() => {
      if (meeting.seat.selfId.value === null) return;
      wasOn = { video: devices.cameraOn.value, audio: devices.microphoneOn.value };
    });
    /** What the page asks for, otherwise what the user did last. */
    const isWanted = (source: 'video' | 'audio'): boolean => {
      if (isBack) return wasOn[source];
      const { cameraOn, microphoneOn } = habits?.read() ?? {};
      return options()[source] ?? (source === 'video' ? cameraOn : microphoneOn) ?? true;
    };
    const openCamera = (): void => {
      if (!isWanted('video')) return;
      isCameraDue = entrance.room.peek()?.roomType === undefined;
      if (!isCameraDue && !isAudioOnly.peek()) devices.setCamera(true).catch(ignore);
    };
    const openMicrophone = (): void => {
      // A missing device is shown as a problem of its own; the user can take part without it.
      if (isWanted('audio')) devices.setMicrophone(true).catch(ignore);
    };
    const entrance = new Entrance({
      ...deps,
      now: () => Date.now() + identity.clockOffset.peek(),
      openBefore: () => identity.openBefore.peek(),
      report: (error) => {
        if (error) report(error);
        else problem.value = undefined;
      },
      onLobby(isOpen) {
        isCameraDue = false;
        if (isOpen) openMicrophone();
        if (isOpen) openCamera();
        // Loaded while the lobby is shown, so that entering is quick. A failure is reported when entering.
        if (isOpen) meeting.link.prepare().catch(ignore);
        else void devices.off();
      },
    });
    /** The current meeting, or the one to be entered, is for audio only: the camera cannot be turned on. */
    const isAudioOnly = computed(() => {
      if (meeting.roster.self.value) return meeting.roster.isAudioOnly.value;
      const { roomId, roomType } = entrance.room.value ?? {};
      return roomType === 1 || (options().roomType === 1 && roomId === options().room);
    });
    const screen = computed<Screen>(() => {
      if (isFatal.value) return 'error';
      if (meeting.roster.self.value) return 'meeting';
      if (meeting.waiting.value) return 'lobby';
      return entrance.stage.value ?? (leftReason.value ? 'left' : 'idle');
    });

    meeting.seat.follow({
      taken({ room }, before) {
        if (before !== null) return;
        leftReason.value = undefined;
        enteredAt = Date.now();
        seen.clear();
        entrance.entered(room);
        if (isCameraDue) openCamera();
      },
      left(reason) {
        leftReason.value = reason;
        stayed.value = Date.now() - enteredAt;
        met.value = seen.size;
      },
    });
    const fail = (error: RTCPeerError): void =>
      batch(() => {
        entrance.leave();
        report(error);
        isFatal.value = true;
      });
    effect(() => {
      const error = identity.failure.value;
      if (error) untracked(() => (fatalCodes.includes(error.code) ? fail(error) : report(error)));
    });
    let expired: RTCPeerError | undefined;
    effect(() => {
      const error = identity.expiry.value;
      untracked(() => {
        if (error) report(error);
        else if (expired && problem.peek() === expired) problem.value = undefined;
        expired = error;
      });
    });

    /** Counts the transitions: the result of an entry is ignored after another transition was chosen. */
    let way = 0;
    const openLobby = async (target: number | Target): Promise<void> => {
      // From the home screen beside a call.
      if (meeting.seat.isIn()) await meeting.exit();
      way++;
      isLookedForAgain = false;
      leftReason.value = undefined;
      await entrance.open(typeof target === 'number' ? { roomId: target } : target);
    };
    /** The room that was not found is looked for once more when a user has signed in. */
    let isLookedForAgain = false;
    effect(() => {
      if (!identity.user.value || !isLookedForAgain) return;
      isLookedForAgain = false;
      untracked(() => void entrance.again().catch(ignore));
    });
    const goHome = (): void => {
      way++;
      isLookedForAgain = false;
      leftReason.value = undefined;
      problem.value = undefined;
      entrance.leave();
    };

    /** Enters a meeting, for the page and for the lobby; without a given name under the known one. */
    const enter = async (input: EnterInput) => {
      const name = input.username || username.peek().trim();
      const entered = await meeting.enter({ ...input, ...(name && { username: name }) });
      last = input;
      return entered;
    };
    /** The input with which the last meeting was entered. */
    let last: EnterInput | undefined;
    const enterAndPublish = async (input: EnterInput): Promise<void> => {
      const mine = way;
      problem.value = undefined;
      try {
        await enter(input);
      } catch (cause) {
        const error = RTCPeerError.from(cause);
        if (mine === way && error.code !== 'DESTROYED' && !entrance.refused(error)) report(error);
        throw error;
      }
      if (chosenName.peek() && !identity.user.peek()) habits?.keep({ name: chosenName.peek()?.trim() });
      // The meeting is entered: a device that cannot be published is shown there and does not end it.
      await meeting.publish().catch((error: unknown) => {
        // If the meeting has ended meanwhile, the screen shows that instead.
        if (meeting.seat.isIn()) report(RTCPeerError.from(error));
      });
    };
    let joining: Promise<void> | undefined;
    /** From the lobby into the meeting: enters and publishes. */
    const join = async ({ password }: { password?: string | undefined }): Promise<void> => {
      const lobby = entrance.room.peek();
      if (!lobby) throw new RTCPeerError('NOT_FOUND', 'No room is chosen.');
      const own = options();
      const isOfPage = lobby.roomId === own.room;
      // The page's password is used for the page's own room only.
      const known = password ?? (isOfPage ? own.password : undefined);
      joining ??= enterAndPublish({
        roomId: lobby.roomId,
        ...(known !== undefined && { password: known }),
        ...(isOfPage && own.roomType && { roomType: own.roomType }),
      }).finally(() => {
        joining = undefined;
      });
      await joining;
    };

    return {
      screen,
      lobbyRoom: entrance.room,
      /** Why there is no lobby, on the screen `closed`. */
      closed: entrance.closed,
      username,
      entering: meeting.entering,
      problem,
      leftReason,
      stayed,
      met,
      isAudioOnly,
      isFor: entrance.isFor,
      fail,
      enter,
      join,
      openLobby,
      goHome,
      setUsername(name: string): void {
        chosenName.value = name;
      },
      /**
       * Enters the page's own room without a lobby. After a refusal the lobby is shown, where a name or a password can
       * be corrected.
       */
      skipLobby(roomId: number, roomType?: RoomType): void {
        entrance.skip(roomId, roomType);
        join({}).catch(ignore);
      },
      /** Opens the devices, because a call of this type may lead into a meeting at any moment; with `undefined` releases them. */
      getReady(roomType: RoomType | undefined): void {
        if (meeting.seat.isIn() || entrance.isOpen()) return;
        if (roomType === undefined) void devices.off();
        else {
          openMicrophone();
          if (roomType !== 1 && isWanted('video')) devices.setCamera(true).catch(ignore);
        }
      },
      /** Looks once more for the room that could not be entered. */
      retry: entrance.again,
      /** From "you left" straight back in; after a refusal the lobby, or the reason, is shown. */
      async rejoin(): Promise<void> {
        const isOver = ['finished', 'loggedOut'].includes(leftReason.peek() ?? '');
        if (!last || isOver) {
          leftReason.value = undefined;
          return entrance.again();
        }
        isBack = true;
        entrance.skip(last.roomId);
        await enterAndPublish(last).finally(() => {
          isBack = false;
        });
      },
      /** Leaves the waiting room: the user is in the lobby again. */
      stopWaiting(): void {
        way++;
        entrance.show();
        void meeting.exit();
      },
      /** From the lobby, or from "you left", to the home screen. */
      leaveForHome(): void {
        if (['meeting', 'error', 'idle'].includes(screen.peek())) return;
        // A click while the meeting is being entered takes the participant out of it again.
        if (meeting.entering.peek()) void meeting.exit();
        goHome();
      },
      /** To the home screen, where a user signs in, and back. */
      signInFirst(): void {
        goHome();
        isLookedForAgain = true;
      },
      dismissProblem(): void {
        if (!isFatal.peek()) problem.value = undefined;
      },
    };
  },
);

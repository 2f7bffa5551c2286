import { type ErrorCode, RTCPeerError, type Screen, type WidgetOptions } from '@meetframe/contract';
import { batch, computed, createModel, effect, type Signal, signal, untracked } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import type { Target } from './address.ts';
import type { Admissions } from './admissions.ts';
import type { DevicesModel } from './devices.ts';
import { Entrance } from './entrance.ts';
import type { IdentityModel } from './identity.ts';
import type { EnterInput } from './meeting/entry.ts';
import type { MeetingModel } from './meeting/meeting.ts';
import type { LeftReason } from './meeting/seat.ts';

/** Without another page, user or widget there will be no connection. */
const fatalCodes: readonly ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'VERSION_MISMATCH'];
const ignore = (): void => {};

/** Which screen there is, and the ways from one to another. */
export const Screens = createModel(
  (deps: {
    client: Client;
    admissions: Admissions;
    identity: IdentityModel;
    devices: DevicesModel;
    meeting: MeetingModel;
    /** What the page, or the address of the platform's own, asked for. */
    options: () => WidgetOptions;
    /** Last refusal that the person must see. */
    problem: Signal<RTCPeerError | undefined>;
    report: (error: RTCPeerError) => void;
  }) => {
    const { identity, devices, meeting, options, problem, report } = deps;
    const isFatal = signal(false);
    const leftReason = signal<LeftReason | undefined>(undefined);
    const chosenName = signal<string | undefined>(undefined);
    const username = computed(() => chosenName.value ?? identity.user.value?.name ?? '');
    /** The camera is still to be opened: it is not known yet what kind of room this is. */
    let isCameraDue = false;

    const openCamera = (): void => {
      if (options().video === false) return;
      isCameraDue = entrance.room.peek()?.roomType === undefined;
      if (!isCameraDue && !isAudioOnly.peek()) devices.setCamera(true).catch(ignore);
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
        // A missing device shows as a problem of its own; one can take part without it.
        if (isOpen && options().audio !== false) devices.setMicrophone(true).catch(ignore);
        if (isOpen) openCamera();
        // Loaded while the person looks at the lobby, so that entering is quick. A failure shows when entering.
        if (isOpen) meeting.link.prepare().catch(ignore);
        else void devices.off();
      },
    });
    /** The meeting that one is in, or on the way into, is for audio only: there is no camera to turn on. */
    const isAudioOnly = computed(() => {
      if (meeting.roster.self.value) return meeting.roster.isAudioOnly.value;
      const { roomId, roomType } = entrance.room.value ?? {};
      return roomType === 1 || (options().roomType === 1 && roomId === options().room);
    });
    const screen = computed<Screen>(() => {
      if (isFatal.value) return 'error';
      if (meeting.roster.self.value) return 'meeting';
      return entrance.stage.value ?? (leftReason.value ? 'left' : 'idle');
    });

    meeting.seat.follow({
      taken({ room }, before) {
        if (before !== null) return;
        leftReason.value = undefined;
        entrance.entered(room);
        if (isCameraDue) openCamera();
      },
      left(reason) {
        leftReason.value = reason;
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

    /** Counts the ways that were chosen: what becomes of an entry shows no more once another one was. */
    let way = 0;
    const openLobby = async (target: number | Target): Promise<void> => {
      way++;
      leftReason.value = undefined;
      await entrance.open(typeof target === 'number' ? { roomId: target } : target);
    };
    const goHome = (): void => {
      way++;
      leftReason.value = undefined;
      problem.value = undefined;
      entrance.leave();
    };

    /** The one way in, for the page and for the lobby: under the name that is known, where none is given. */
    const enter = (input: EnterInput) => {
      const name = input.username || username.peek().trim();
      return meeting.enter({ ...input, ...(name && { username: name }) });
    };
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
      // One is in: a device that cannot be sent is shown there and does not undo it.
      await meeting.publish().catch((error: unknown) => report(RTCPeerError.from(error)));
    };
    let joining: Promise<void> | undefined;
    /** From the lobby into the meeting: enters and publishes. */
    const join = async ({ password }: { password?: string | undefined }): Promise<void> => {
      const lobby = entrance.room.peek();
      if (!lobby) throw new RTCPeerError('NOT_FOUND', 'No room is chosen.');
      const own = options();
      const isOfPage = lobby.roomId === own.room;
      // The password that the page gave counts only for the page's own room.
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
      /** Into the page's own room without a lobby. A refusal leads to the lobby, where a name or a password can be corrected. */
      skipLobby(roomId: number): void {
        entrance.skip(roomId);
        join({}).catch(ignore);
      },
      /** From "you left", or from a room that was closed, to the lobby. */
      async rejoin(): Promise<void> {
        leftReason.value = undefined;
        await entrance.again();
      },
      /** From the lobby, or from "you left", to the home screen. */
      leaveForHome(): void {
        if (['meeting', 'error', 'idle'].includes(screen.peek())) return;
        // A click while the meeting is being entered takes the participant out of it again.
        if (meeting.entering.peek()) void meeting.exit();
        goHome();
      },
      dismissProblem(): void {
        if (!isFatal.peek()) problem.value = undefined;
      },
    };
  },
);

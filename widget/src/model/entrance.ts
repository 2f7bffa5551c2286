import { type Room, type RoomType, RTCPeerError, type Screen } from '@meetframe/contract';
import { batch, createModel, effect, signal } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import type { Target } from './address.ts';
import type { Admissions } from './admissions.ts';
import { type Closed, closedBy, createRoomFinder, type LobbyRoom, lobbyRoomOf } from './roomAddress.ts';

type Stage = Extract<Screen, 'opening' | 'closed' | 'lobby'>;

const askEvery = 15_000;
/** Random delay, so that the clients that wait for the same meeting do not all ask at the same moment. */
const spread = 5_000;
/** Errors that stay the same when the request is repeated. */
const lasting = ['UNAUTHENTICATED', 'FORBIDDEN', 'VERSION_MISMATCH', 'DESTROYED', 'INVALID_ARGUMENT'];

/**
 * The way from an address, a number or a page's option to the lobby of a room: finds the room, says why it cannot be
 * entered, and waits for the start of a meeting.
 */
export const Entrance = createModel(
  (deps: {
    client: Pick<Client, 'call'>;
    admissions: Admissions;
    /** The server's clock, milliseconds since 1970. */
    now: () => number;
    /** How long before its start an appointment's room opens, in milliseconds. */
    openBefore: () => number;
    report: (error: RTCPeerError | undefined) => void;
    /** The lobby was opened, or closed without entering. */
    onLobby: (isOpen: boolean) => void;
  }) => {
    const findRoom = createRoomFinder(deps);
    /** The screen before entering; `undefined` without a target, or in the meeting. */
    const stage = signal<Stage | undefined>(undefined);
    /** The room that the user is about to enter, is in, or was in last. */
    const room = signal<LobbyRoom | undefined>(undefined);
    const closed = signal<Closed | undefined>(undefined);
    let target: Target | undefined;
    /** Counts targets: an answer for an older target is ignored. */
    let attempt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOpen = false;

    const setOpen = (next: boolean): void => {
      if (next === isOpen) return;
      isOpen = next;
      deps.onLobby(next);
    };
    const stop = (): number => {
      clearTimeout(timer);
      return ++attempt;
    };
    const later = (delay: number): void => {
      const own = attempt;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (own === attempt) void ask(own).catch(() => {});
      }, delay);
    };

    /** Shows why the room cannot be entered now; asks again later if the start of its meeting is known. */
    const shut = (why: Closed): void => {
      batch(() => {
        closed.value = why;
        stage.value = 'closed';
        deps.report(undefined);
      });
      setOpen(false);
      if (why.reason !== 'early' || why.startTime === undefined) return;
      const untilOpen = Math.max(1000, why.startTime - deps.openBefore() - deps.now());
      later(Math.min(askEvery, untilOpen) + Math.random() * Math.min(spread, untilOpen));
    };

    const ask = async (own: number): Promise<void> => {
      if (!target) return;
      try {
        const found = await findRoom(target);
        if (own !== attempt) return;
        batch(() => {
          room.value = found;
          closed.value = undefined;
          stage.value = 'lobby';
          deps.report(undefined);
        });
        setOpen(true);
      } catch (cause) {
        const error = RTCPeerError.from(cause);
        if (own !== attempt) throw error;
        const why = closedBy(error);
        if (why) {
          shut(why);
          throw error;
        }
        // A user who is already waiting goes on waiting; a lost connection is shown elsewhere.
        if (stage.peek() !== 'closed') deps.report(error);
        const { retryAfter } = error.details ?? {};
        if (!lasting.includes(error.code)) later(typeof retryAfter === 'number' ? retryAfter : askEvery / 3);
        throw error;
      }
    };

    const open = async (wanted: Target): Promise<void> => {
      const own = stop();
      target = wanted;
      batch(() => {
        stage.value = 'opening';
        closed.value = undefined;
        room.value = undefined;
        deps.report(undefined);
      });
      setOpen(false);
      await ask(own);
    };

    const show = (): void => {
      if (room.peek()) stage.value ??= 'lobby';
    };

    effect(() => () => clearTimeout(timer));

    return {
      /** Shows the lobby to a user who could not enter, unless a screen says why. */
      show,
      stage,
      room,
      closed,

      /** Opens the lobby of a room. Rejects with the reason when the room cannot be entered. */
      open,

      /**
       * Opens the same target again: after a meeting, or when the user does not want to wait for the next automatic
       * request.
       */
      async again(): Promise<void> {
        if (target) await open(target);
      },

      /** Whether a meeting is about to be entered. */
      isOpen: (): boolean => isOpen,

      /** For a page that enters its room without a lobby, for calls, and for the way back into a meeting. */
      skip(roomId: number, roomType?: RoomType): void {
        stop();
        if (!target || room.peek()?.roomId !== roomId) target = { roomId };
        if (room.peek()?.roomId !== roomId)
          room.value = { roomId, name: undefined, roomType, isHasPwd: false, logo: null };
        setOpen(true);
      },

      /**
       * To be called when entering was refused. True if the room cannot be entered now; otherwise the lobby shows the
       * problem.
       */
      refused(error: RTCPeerError): boolean {
        const why = closedBy(error);
        if (why) {
          stop();
          shut({ ...why, name: why.name ?? room.peek()?.name });
        } else show();
        return why !== undefined;
      },

      /** To be called when the meeting was entered. The target is kept for the way back. */
      entered(into: Room): void {
        stop();
        isOpen = false;
        if (!target || room.peek()?.roomId !== into.id) target = { roomId: into.id };
        room.value = lobbyRoomOf(into);
        closed.value = undefined;
        stage.value = undefined;
      },

      /** Forgets the target. */
      leave(): void {
        stop();
        closed.value = undefined;
        stage.value = undefined;
        setOpen(false);
      },

      /** Whether this is the current target. */
      isFor: (wanted: Target): boolean =>
        JSON.stringify(wanted) === JSON.stringify(target) ||
        ('roomId' in wanted && wanted.roomId === room.peek()?.roomId),
    };
  },
);

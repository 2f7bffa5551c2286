import { type Room, RTCPeerError, type Screen } from '@meetframe/contract';
import { batch, createModel, effect, signal } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import type { Target } from './address.ts';
import type { Admissions } from './admissions.ts';
import { type Closed, closedBy, createRoomFinder, type LobbyRoom, lobbyRoomOf } from './roomAddress.ts';

type Stage = Extract<Screen, 'opening' | 'closed' | 'lobby'>;

const askEvery = 15_000;
/** People who wait for the same meeting must not all ask in the same moment. */
const spread = 5_000;
/** Refusals that asking again does not change. */
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
    /** The lobby opened, or closed again without entering. */
    onLobby: (isOpen: boolean) => void;
  }) => {
    const findRoom = createRoomFinder(deps);
    /** What is shown on the way in; `undefined` when there is no room to go to, or one is in. */
    const stage = signal<Stage | undefined>(undefined);
    /** The room that one is on the way into, in, or was in last. */
    const room = signal<LobbyRoom | undefined>(undefined);
    const closed = signal<Closed | undefined>(undefined);
    let target: Target | undefined;
    /** Counts targets: the answer for an older one changes nothing. */
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
      const mine = attempt;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (mine === attempt) void ask(mine).catch(() => {});
      }, delay);
    };

    /** One cannot go in now: says why, and asks again when the time is known. */
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

    const ask = async (mine: number): Promise<void> => {
      if (!target) return;
      try {
        const found = await findRoom(target);
        if (mine !== attempt) return;
        batch(() => {
          room.value = found;
          closed.value = undefined;
          stage.value = 'lobby';
          deps.report(undefined);
        });
        setOpen(true);
      } catch (cause) {
        const error = RTCPeerError.from(cause);
        if (mine !== attempt) throw error;
        const why = closedBy(error);
        if (why) {
          shut(why);
          throw error;
        }
        // A person who waits already goes on waiting; the connection shows its state by itself.
        if (stage.peek() !== 'closed') deps.report(error);
        const { retryAfter } = error.details ?? {};
        if (!lasting.includes(error.code)) later(typeof retryAfter === 'number' ? retryAfter : askEvery / 3);
        throw error;
      }
    };

    const open = async (wanted: Target): Promise<void> => {
      const mine = stop();
      target = wanted;
      batch(() => {
        stage.value = 'opening';
        closed.value = undefined;
        room.value = undefined;
        deps.report(undefined);
      });
      setOpen(false);
      await ask(mine);
    };

    effect(() => () => clearTimeout(timer));

    return {
      stage,
      room,
      closed,

      /** Goes to a room's lobby, as far as it leads there. Rejects with why it does not. */
      open,

      /** The same once more: after a meeting, or when a person does not want to wait for the next time. */
      async again(): Promise<void> {
        if (target) await open(target);
      },

      /** A page enters its room without a lobby. */
      skip(roomId: number): void {
        stop();
        target = { roomId };
        room.value = { roomId, name: undefined, roomType: undefined, isHasPwd: false, logo: null };
        setOpen(true);
      },

      /** Entering was refused. True when that closes the room; else the lobby shows the problem. */
      refused(error: RTCPeerError): boolean {
        const why = closedBy(error);
        if (why) {
          stop();
          shut({ ...why, name: why.name ?? room.peek()?.name });
        } else if (stage.peek() === undefined) stage.value = 'lobby';
        return why !== undefined;
      },

      /** One is in. The target that led here stays, so that one finds back. */
      entered(into: Room): void {
        stop();
        isOpen = false;
        if (!target || room.peek()?.roomId !== into.id) target = { roomId: into.id };
        room.value = lobbyRoomOf(into);
        closed.value = undefined;
        stage.value = undefined;
      },

      /** No room is to be entered any more. */
      leave(): void {
        stop();
        closed.value = undefined;
        stage.value = undefined;
        setOpen(false);
      },

      /** Whether the target that led here is this one. */
      isFor: (wanted: Target): boolean =>
        JSON.stringify(wanted) === JSON.stringify(target) ||
        ('roomId' in wanted && wanted.roomId === room.peek()?.roomId),
    };
  },
);

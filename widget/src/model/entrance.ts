import { type Room, RTCPeerError } from '@meetframe/contract';
import { batch, signal } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import type { Target } from './address.ts';
import type { Admissions } from './admissions.ts';
import { closedBy, createRoomFinder, lobbyRoomOf } from './roomAddress.ts';
import type { Closed, LobbyRoom } from './types.ts';

type Stage = 'opening' | 'closed' | 'lobby';

const askEvery = 15_000;
/** People who wait for the same meeting must not all ask in the same moment. */
const spread = 5_000;
/** These do not get better by asking again. */
const hopeless = ['UNAUTHENTICATED', 'FORBIDDEN', 'VERSION_MISMATCH', 'DESTROYED', 'INVALID_ARGUMENT'];

/**
 * The way from an address, a number or a page's option to the lobby of a room: finds the room, says why it cannot be
 * entered, and waits for the start of a meeting.
 */
export const createEntrance = (deps: {
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
  const stage = signal<Stage | undefined>(undefined);
  const room = signal<LobbyRoom | undefined>(undefined);
  const closed = signal<Closed | undefined>(undefined);
  let target: Target | undefined;
  /** Counts what was wanted: an answer to an older wish changes nothing. */
  let wish = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpen = false;

  const setOpen = (next: boolean): void => {
    if (next === isOpen) return;
    isOpen = next;
    deps.onLobby(next);
  };
  const stop = (): number => {
    clearTimeout(timer);
    return ++wish;
  };

  const later = (delay: number): void => {
    const mine = wish;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (mine === wish) void ask(mine).catch(() => {});
    }, delay);
  };

  /** One cannot go in now: says why, and comes back to it when the time is known. */
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
    const wanted = target;
    if (!wanted) return;
    try {
      const found = await findRoom(wanted);
      if (mine !== wish) return;
      batch(() => {
        room.value = found;
        closed.value = undefined;
        stage.value = 'lobby';
        deps.report(undefined);
      });
      setOpen(true);
    } catch (cause) {
      const error = RTCPeerError.from(cause);
      if (mine !== wish) throw error;
      const why = closedBy(error);
      if (why) {
        shut(why);
        throw error;
      }
      // Whoever waits already goes on waiting; the connection shows its state by itself.
      if (stage.peek() !== 'closed') deps.report(error);
      const { retryAfter } = error.details ?? {};
      if (!hopeless.includes(error.code)) later(typeof retryAfter === 'number' ? retryAfter : askEvery / 3);
      throw error;
    }
  };

  return {
    /** What is shown on the way in; `undefined` when nobody is on it. */
    stage,
    /** The room that one is on the way into, in, or was in last. */
    room,
    closed,

    /** Goes to a room's lobby, as far as it leads there. Rejects with why it does not. */
    async open(wanted: Target): Promise<void> {
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
    },

    /** The same once more: after a meeting, or when somebody does not want to wait for the next time. */
    async again(): Promise<void> {
      if (target) await this.open(target);
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

    /** One is in. The wish that led here stays, so that one finds back. */
    entered(into: Room): void {
      stop();
      isOpen = false;
      if (!target || room.peek()?.roomId !== into.id) target = { roomId: into.id };
      batch(() => {
        room.value = lobbyRoomOf(into);
        closed.value = undefined;
        stage.value = undefined;
      });
    },

    /** Nobody is on the way any more. */
    leave(): void {
      stop();
      batch(() => {
        closed.value = undefined;
        stage.value = undefined;
      });
      setOpen(false);
    },

    /** Whether the wish that led here is this one. */
    isFor: (wanted: Target): boolean =>
      JSON.stringify(wanted) === JSON.stringify(target) ||
      ('roomId' in wanted && wanted.roomId === room.peek()?.roomId),

    dispose: (): void => void stop(),
  };
};

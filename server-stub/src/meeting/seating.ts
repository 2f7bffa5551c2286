import type { RTCPeerError } from '@meetframe/contract/error';
import type { CallingDevice } from '../account/caller.ts';
import { fail } from '../errors.ts';
import type { Standing } from '../rooms/access.ts';
import { sourceOf } from '../throttle/source.ts';
import { clientIdOf } from './clientId.ts';
import type { Meeting } from './meeting.ts';
import type { Meetings } from './meetings.ts';
import type { Waiter } from './waitingRooms.ts';

/** An entry in progress. `guestIn`: the meeting that a guest is entering. `waiter`: while it waits to be let in. */
export type PendingEntry = {
  device: CallingDevice;
  guestIn?: Meeting;
  refusal?: RTCPeerError;
  waiter?: Waiter | undefined;
};

/** In rooms with fewer seats guests of one network may hold all. */
const smallRoom = 10;

/** Who a device is for the lock and the waiting room of a meeting: its user, on any device, or else the guest on it. */
export const keyOf = ({ person, user }: Pick<CallingDevice, 'person' | 'user'>): string =>
  user ? `user ${user.id}` : `person ${person}`;

/**
 * Which seats of a meeting are free for whom.
 *
 * @param guestShare how many seats guests of one network may hold in a room, in per cent
 */
export const makeSeating = (meetings: Pick<Meetings, 'seatOf'>, guestShare: number) => {
  /** Entries in progress, oldest first. */
  const underWay = new Set<PendingEntry>();
  /** Client ids whose seats become free by this entry: those of the same device, or of the same user on another device. */
  const replaced = ({ room }: Meeting, { seat, user }: CallingDevice): number[] => {
    const own = [seat, user && meetings.seatOf(user.id)];
    return [...new Set(own.flatMap((one) => (one?.roomId === room.id ? [one.clientId] : [])))];
  };
  return {
    underWay,
    replaced,

    /** Also the id of an older seat that is still taken: it is given up when this one is taken. */
    idFor(meeting: Meeting, device: CallingDevice): number {
      const own = replaced(meeting, device);
      return clientIdOf(meeting.id, device, (id) => meeting.participants.has(id) && !own.includes(id));
    },

    /**
     * Whether there is a seat for this entry. The owner and members of the room always get in, however many guests came before; guests of
     * one source get a share of the seats only.
     */
    requireFreeSeat(
      meeting: Meeting,
      device: CallingDevice,
      {
        standing,
        maxNumber,
        isAhead = false,
      }: { standing: Standing; maxNumber?: number | undefined; isAhead?: boolean },
    ): void {
      const { numberLimit } = meeting.room;
      const own = replaced(meeting, device);
      // The seat of this entry is among the reserved ones, unless none is reserved yet.
      const seats = meeting.seats - own.length + (isAhead ? 1 : 0);
      const most = Math.min(
        standing === 'guest' ? numberLimit : Number.POSITIVE_INFINITY,
        maxNumber ?? Number.POSITIVE_INFINITY,
      );
      if (seats > most) fail('ROOM_FULL', `The room holds ${most} people and is full.`, { numberLimit: most });
      if (standing !== 'guest' || numberLimit < smallRoom) return;
      const source = sourceOf(device);
      const share = Math.ceil((numberLimit * guestShare) / 100);
      const ofSource = [...meeting.participants.values()].filter(
        (one) => one.standing === 'guest' && !own.includes(one.id) && one.source === source,
      );
      const entering = [...underWay].filter(
        (one) => one.guestIn === meeting && one.device !== device && sourceOf(one.device) === source,
      );
      if (ofSource.length + entering.length >= share)
        fail('ROOM_FULL', `Guests of one network hold at most ${share} seats of this room.`, { numberLimit: share });
    },
  };
};
export type Seating = ReturnType<typeof makeSeating>;

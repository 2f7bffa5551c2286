import type { RTCPeerError } from '@meetframe/contract/error';
import type { Occupancy } from '@meetframe/contract/meeting/occupancy';
import type { Asker, CallingDevice } from '../account/caller.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Access, Standing } from '../rooms/access.ts';
import { isWaitingPlanned, type Schedule } from '../rooms/schedule.ts';
import type { RoomRow } from '../rooms/tables.ts';
import type { Meetings } from './meetings.ts';
import { keyOf, type Seating } from './seating.ts';

type Parts = {
  access: Pick<Access, 'find'>;
  schedule: Pick<Schedule, 'due'>;
  meetings: Pick<Meetings, 'get'>;
  seating: Pick<Seating, 'requireFreeSeat'>;
  cluster: Pick<Cluster, 'facts'>;
};

/** How many participants are named to a user who is about to enter. */
const mostNamed = 3;
/** True for a caller who may know the names of participants before entering. */
const knowsPeople = (room: RoomRow, standing: Standing, { user }: Asker): boolean =>
  standing === 'guest'
    ? user !== undefined && user.companyId === room.companyId && room.password === null
    : standing !== 'early';

/** What can be known of a meeting before entering it. */
export const makeOccupancy = ({ access, schedule, meetings, seating, cluster }: Parts) => {
  /** Whether this device could enter now, as far as seats, the lock and the waiting room decide; reserves nothing. */
  const entryFor = async (
    room: RoomRow,
    device: CallingDevice,
    standing: Standing,
  ): Promise<{ entry: Occupancy['entry']; mustWait: boolean }> => {
    const meeting = meetings.get(room.id);
    if (!meeting) {
      const isPlanned = isWaitingPlanned(room, (await schedule.due([room])).get(room.id));
      const mustWait = standing === 'guest' && isPlanned;
      return { entry: mustWait ? 'waiting' : 'open', mustWait };
    }
    const mustWait = meeting.door.mustWait(keyOf(device), standing);
    try {
      meeting.door.refuse(keyOf(device), standing);
      seating.requireFreeSeat(meeting, device, { standing, isAhead: true });
      return { entry: mustWait ? 'waiting' : 'open', mustWait };
    } catch (error) {
      return { entry: (error as RTCPeerError).code === 'ROOM_FULL' ? 'full' : 'locked', mustWait };
    }
  };

  return {
    /** @throws RTCPeerError `NOT_FOUND` for who may not know of the room, `THROTTLED` for who tries many */
    async of(roomId: number, device: CallingDevice, asker: Asker): Promise<Occupancy> {
      const { row, standing } = await access.find(roomId, asker);
      const meeting = meetings.get(roomId);
      const { entry, mustWait } = await entryFor(row, device, standing);
      const isTold = !mustWait && knowsPeople(row, standing, asker);
      const people = isTold ? [...(meeting?.participants.values() ?? [])] : [];
      return {
        // Another node may run the meeting.
        count: meeting?.participants.size ?? (await cluster.facts([roomId])).get(roomId)?.people ?? 0,
        numberLimit: row.numberLimit,
        entry,
        people: people.slice(0, mostNamed).map(({ client: { name, pictureurl } }) => ({ name, pictureurl })),
      };
    },
  };
};
export type OccupancyOfRooms = ReturnType<typeof makeOccupancy>;

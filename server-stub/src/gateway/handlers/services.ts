import type { Caller } from '../../account/caller.ts';
import type { Appointments } from '../../appointments/appointments.ts';
import type { AppointmentLists } from '../../appointments/lists.ts';
import type { Config } from '../../config.ts';
import type { Limit } from '../../limits.ts';
import type { Meetings } from '../../meeting/meetings.ts';
import type { Access, Asker } from '../../rooms/access.ts';
import type { RoomMembers } from '../../rooms/members.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import type { Schedule } from '../../rooms/schedule.ts';
import type { Variety } from '../../throttle/variety.ts';
import type { Users } from '../../users/users.ts';

/** What the handlers of rooms, appointments and meetings bind the contract to. */
export type Services = {
  config: Config;
  access: Access;
  rooms: Rooms;
  roomMembers: RoomMembers;
  schedule: Schedule;
  appointments: Appointments;
  appointmentLists: AppointmentLists;
  users: Users;
  meetings: Meetings;
  /** Making rooms and appointments. */
  making: Limit;
  /** Guessing invite codes. */
  codes: Limit;
  /** Ids of meetings that somebody who is not logged in finds. */
  strangersIds: Variety;
};

export const askerOf = ({ app, user, ip, device }: Caller): Asker => ({ app, user, ip, admitted: device?.admitted });

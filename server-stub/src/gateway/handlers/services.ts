import type { Accounts } from '../../account/account.ts';
import type { Appointments } from '../../appointments/appointments.ts';
import type { AppointmentLists } from '../../appointments/lists.ts';
import type { Config } from '../../config.ts';
import { fail } from '../../errors.ts';
import type { Limit } from '../../limits.ts';
import type { MediaNode } from '../../media/node.ts';
import type { Meetings } from '../../meeting/meetings.ts';
import type { Records } from '../../records/records.ts';
import type { Access, Asker } from '../../rooms/access.ts';
import type { RoomMembers } from '../../rooms/members.ts';
import type { Rooms } from '../../rooms/rooms.ts';
import type { Schedule } from '../../rooms/schedule.ts';
import type { UserRow } from '../../store/tables.ts';
import type { Variety } from '../../throttle/variety.ts';
import type { Users } from '../../users/users.ts';
import type { Caller } from '../caller.ts';
import type { Session } from '../session.ts';

/** Everything that the handlers bind the contract to. */
export type Services = {
  config: Config;
  accounts: Accounts;
  access: Access;
  rooms: Rooms;
  roomMembers: RoomMembers;
  schedule: Schedule;
  appointments: Appointments;
  appointmentLists: AppointmentLists;
  users: Users;
  records: Records;
  meetings: Meetings;
  mediaNode: MediaNode;
  /** Live sessions of this node. */
  sessions: ReadonlyMap<string, Session>;
  /** Making rooms and appointments. */
  making: Limit;
  /** Guessing invite codes. */
  codes: Limit;
  /** Ids of meetings that somebody who is not logged in finds. */
  strangersIds: Variety;
};

/** Whoever is logged in; rows of level `user` and above are not run without. */
export const userOf = (caller: Caller): UserRow =>
  caller.user ?? fail('UNAUTHENTICATED', 'This needs somebody logged in.');

export const askerOf = ({ app, user, ip, session }: Caller): Asker => ({ app, user, ip, admitted: session?.admitted });

export const liveOf = (caller: Caller): Session =>
  caller.session ?? fail('UNSUPPORTED', 'This works over the socket only.');

const longestPage = 1000;
/** A page of a list; without a length everything up to a bound that no list of a person reaches. */
export const pageOf = ({
  pageNo = 0,
  pageSize = longestPage,
}: {
  pageNo?: number | undefined;
  pageSize?: number | undefined;
}) => ({
  offset: pageNo * pageSize,
  size: pageSize,
});
export const pagesOf = (totalCount: number, pageSize: number = longestPage): number => Math.ceil(totalCount / pageSize);

/** How long a list is of which a page was read. Counts only where the page does not show its end. */
export const totalOf = async (
  { offset, size }: { offset: number; size: number },
  found: number,
  count: () => Promise<number>,
): Promise<number> => (found < size && (found > 0 || offset === 0) ? offset + found : await count());

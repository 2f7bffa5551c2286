import { createHash } from 'node:crypto';
import type { CallingDevice } from '../account/caller.ts';

type Entrant = Pick<CallingDevice, 'person'> & { user: { id: number } | undefined };

/**
 * The `Client.id` of a user, or of the client of a guest, in a meeting (3.1). It is derived from the user or client, so that it stays the same when the
 * seat has to be taken anew, also on another device, on another node or after a restart.
 *
 * @param isTaken whether another participant has this id
 */
export const clientIdOf = (meetingId: string, { user, person }: Entrant, isTaken: (id: number) => boolean): number => {
  const who = user ? `user ${user.id}` : `person ${person}`;
  for (let attempt = 0; ; attempt++) {
    const hash = createHash('sha256').update(`${meetingId} ${who} ${attempt}`).digest();
    const id = hash.readUInt32BE() >>> 1;
    if (id > 0 && !isTaken(id)) return id;
  }
};

import { rates } from '@meetframe/contract/wire';
import type { Caller } from '../account/caller.ts';
import { memoryCounts } from '../throttle/counts.ts';
import { limit, limitOf } from '../throttle/limit.ts';
import type { Held, Meetings } from './meetings.ts';

type Rate = { times: number; seconds: number };
/** All participants of one source together are allowed at most as much as this number of participants. */
const most = 25;

/**
 * Limits actions of participants that are sent to all others. Entering again does not reset the limit, because it counts by user or by
 * device. A guest can use a new device each time, so there is a second limit for all participants of one source: it grows with the
 * number of them who are in the meeting.
 */
const byPerson = ({ times, seconds }: Rate) => {
  const ofPerson = limit(times, seconds);
  const ofSource = memoryCounts(seconds);
  return async ({ user, device }: Caller, { meeting, participant }: Held): Promise<void> => {
    await ofPerson.take(user ? `user ${user.id}` : `device ${device?.id}`);
    const { source } = participant;
    let present = 0;
    for (const one of meeting.participants.values()) if (one.source === source && ++present === most) break;
    await limitOf(ofSource, times * present).take(`${meeting.room.id} ${source}`);
  };
};

export const makePace = ({ heldBy }: Pick<Meetings, 'heldBy'>) => {
  const paced =
    (take: ReturnType<typeof byPerson>) =>
    /** Counts what the caller does; answers the caller's participant and meeting. */
    async (caller: Caller): Promise<Held> => {
      await take(caller, heldBy(caller.seat));
      return heldBy(caller.seat);
    };
  return {
    chat: paced(byPerson(rates.chat)),
    react: paced(byPerson(rates.react)),
    readTranscript: paced(byPerson(rates.getTranscript)),
    exportTranscript: paced(byPerson(rates.exportTranscript)),
    change: paced(byPerson(rates.change)),
  };
};
export type Pace = ReturnType<typeof makePace>;

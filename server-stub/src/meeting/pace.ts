import { rates } from '@meetframe/contract/wire';
import type { Caller } from '../account/caller.ts';
import { limit } from '../throttle/limit.ts';
import { networkOf } from '../throttle/source.ts';

/** How many chat messages and how many changes of one network there may be, as multiples of what one participant may do. */
const participantsOfNetwork = 25;

/** A limit of a participant that entering again does not get around: by user, or by device and network. */
const byPerson = ({ times, seconds }: { times: number; seconds: number }) => {
  const ofPerson = limit(times, seconds);
  const ofGuests = limit(times * participantsOfNetwork, seconds);
  return async ({ user, device, ip }: Pick<Caller, 'user' | 'device' | 'ip'>): Promise<void> => {
    await ofPerson.take(user ? `user ${user.id}` : `device ${device?.id}`);
    if (!user) await ofGuests.take(networkOf(ip));
  };
};

/** How often a participant may do what all others are told of. */
export const makePace = () => ({
  chat: byPerson(rates.chat),
  react: byPerson(rates.react),
  change: byPerson(rates.change),
});
export type Pace = ReturnType<typeof makePace>;

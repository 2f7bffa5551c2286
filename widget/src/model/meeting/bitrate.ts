import { type Bitrate, RTCPeerError } from '@meetframe/contract';
import type { LinkModel } from './link.ts';
import type { RosterModel } from './roster.ts';

type Parts = { link: Pick<LinkModel, 'session'>; roster: Pick<RosterModel, 'ownClient' | 'find'> };

/** Rates of what the user sends (no `clientId`), or receives from a participant. */
export const bitrateOf = async ({ link, roster }: Parts, clientId?: number): Promise<Bitrate> => {
  const own = roster.ownClient().id;
  if (clientId !== undefined) roster.find(clientId);
  const rates = await link.session()?.bitrate(clientId === own ? undefined : clientId);
  if (!rates) throw new RTCPeerError('NOT_IN_MEETING', 'The meeting is still being entered.');
  return rates;
};

import type { MediaSession } from '@meetframe/contract/sfu';
import type { types } from 'mediasoup';
import type { CallingDevice } from '../account/caller.ts';
import { protocolsFor, type Relays } from '../media/relay.ts';
import type { Held } from './meetings.ts';

/** Makes both transports of a participant, with the transport and relay settings that its device gave in `session.hello`. */
export const openMedia = async (
  { meeting, participant }: Held,
  { device, capabilities, relays }: { device: CallingDevice; capabilities: unknown; relays: Relays },
): Promise<MediaSession> => {
  const opened = await meeting.media.open(
    participant.peer,
    capabilities as types.RtpCapabilities,
    protocolsFor(device),
  );
  return { ...opened, ...relays.iceFor(device, String(participant.id)) };
};

import type { MediaSession } from '@meetframe/contract/sfu';
import type { types } from 'mediasoup';
import type { CallingDevice } from '../account/caller.ts';
import { iceFor, protocolsFor } from '../media/relay.ts';
import type { Held } from './meetings.ts';

/** Makes both transports of a participant, with the transport and relay settings that its device gave in `session.hello`. */
export const openMedia = async (
  { meeting, participant }: Held,
  { device, capabilities, secret }: { device: CallingDevice; capabilities: unknown; secret: string | undefined },
): Promise<MediaSession> => {
  const opened = await meeting.media.open(
    participant.peer,
    capabilities as types.RtpCapabilities,
    protocolsFor(device),
  );
  return { ...opened, ...iceFor(device, secret, String(participant.id)) };
};

import type { Participant } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';

/**
 * Whether a participant is shown as muted. While the connection is away the roster does not know yet that one's own microphone
 * was turned off.
 */
export const isShownMuted = ({ meeting, identity }: AppModel, member: Participant): boolean =>
  member.client.isMuted ||
  (member === meeting.roster.self.value &&
    identity.connection.value === 'reconnecting' &&
    !meeting.publishing.microphone.isOn.value);

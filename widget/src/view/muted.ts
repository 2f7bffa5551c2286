import type { Participant } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';

/**
 * Whether a participant is shown as muted, as another one without a microphone is. While the connection is away the roster does
 * not know yet that one's own microphone was turned off.
 */
export const isShownMuted = ({ meeting, identity }: AppModel, member: Participant): boolean => {
  if (member.client.isMuted) return true;
  if (member !== meeting.roster.self.value) return !member.audio;
  return identity.connection.value === 'reconnecting' && !meeting.publishing.microphone.isOn.value;
};

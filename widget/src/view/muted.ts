import type { Participant } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';

/**
 * Whether a participant is shown as muted. Other participants without a microphone are, too. While the connection is lost the roster
 * does not know yet that the user's own microphone was turned off.
 */
export const isShownMuted = ({ meeting: { roster, publishing } }: AppModel, member: Participant): boolean =>
  member === roster.self.value ? !publishing.microphone.isOn.value : member.client.isMuted || !member.audio;

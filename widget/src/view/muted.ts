import type { Participant } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';

/**
 * Whether a participant is shown as muted, as another one without a microphone is. Of the user's own microphone the roster knows
 * only later, and while the connection is away not at all.
 */
export const isShownMuted = ({ meeting: { roster, publishing } }: AppModel, member: Participant): boolean =>
  member === roster.self.value ? !publishing.microphone.isOn.value : member.client.isMuted || !member.audio;

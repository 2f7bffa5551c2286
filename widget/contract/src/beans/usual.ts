import type { Client } from './client.ts';
import type { Participant } from './participant.ts';

/** What holds of a participant unless something else is said: such fields are left out where many participants are listed. */
export const usual = {
  client: {
    email: null,
    phone: null,
    pictureurl: null,
    company: null,
    isMuted: false,
    isSuperModerator: false,
    peerId: null,
  },
  facts: { userId: null, audio: false, video: false, screen: false, connected: true, hand: null },
} as const satisfies { client: Partial<Client>; facts: Omit<Participant, 'client'> };

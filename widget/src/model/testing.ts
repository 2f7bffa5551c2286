import type { Participant } from '@meetframe/contract';

/** A participant for tests: somebody with no microphone, camera or screen, unless the test says more. */
export const participant = (id: number, more: Partial<Participant> = {}): Participant => ({
  client: {
    id,
    name: `P${id}`,
    email: null,
    phone: null,
    pictureurl: null,
    company: null,
    mode: 'pc',
    streamId: id,
    broadCastId: id,
    isMuted: false,
    isSuperModerator: false,
    peerId: null,
  },
  userId: null,
  audio: false,
  video: false,
  screen: false,
  connected: true,
  ...more,
});

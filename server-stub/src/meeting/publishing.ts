import type { Source } from '@meetframe/contract/sfu';
import type { types } from 'mediasoup';
import { fail } from '../errors.ts';
import type { Held } from './meetings.ts';

type Offer = {
  source: Source;
  kind: types.MediaKind;
  rtpParameters: types.RtpParameters;
  paused?: boolean | undefined;
  shareScreenId?: number | undefined;
  takeOver?: boolean | undefined;
};

/** The sources that a mute pauses. */
const isAudio = (source: Source): boolean => source === 'mic' || source === 'screenAudio';

/**
 * Lets a participant send a source, within the rules of the meeting: no camera in a room for audio only, one screen at a time,
 * and while the participant is muted, audio stays paused.
 *
 * @throws RTCPeerError `FORBIDDEN`, `SHARE_IN_USE` or `CONFLICT`
 */
export const publish = async (
  { meeting, participant }: Held,
  { source, kind, rtpParameters, paused, ...options }: Offer,
): Promise<types.Producer> => {
  const { client, peer } = participant;
  if (source === 'camera' && meeting.room.roomType === 1) fail('FORBIDDEN', 'This room is for audio only.');
  if (source === 'mic' && paused) client.isMuted = true;
  const isHeld = (): boolean => (isAudio(source) && client.isMuted) || (source !== 'mic' && paused === true);
  const send = () => meeting.media.produce(peer, source, { kind, rtpParameters, paused: isHeld() });
  const ways = { screen: meeting.share.screen, screenAudio: meeting.share.audio };
  const producer = source in ways ? await ways[source as keyof typeof ways](participant, send, options) : await send();
  // The participant may have been muted while the producer was being made.
  if (isHeld() !== producer.paused) await (isHeld() ? producer.pause() : producer.resume());
  meeting.changed(participant);
  return producer;
};

/** Pauses or resumes a source. The audio of a muted participant stays paused. */
export const setPaused = async (
  { meeting, participant }: Held,
  { source, paused }: { source: Source; paused: boolean },
): Promise<void> => {
  const producer = participant.peer.producers.get(source) ?? fail('NOT_FOUND', `No ${source} is being sent.`);
  await (paused || (isAudio(source) && participant.client.isMuted) ? producer.pause() : producer.resume());
  meeting.changed(participant);
};

/** Notes that a participant goes on with audio only (3.23) and pauses its camera. The others get both changes in one message. */
export const setAudioOnly = async ({ meeting, participant }: Held, audioOnly: boolean): Promise<void> => {
  if (participant.audioOnly === audioOnly) return;
  participant.audioOnly = audioOnly;
  if (audioOnly) await participant.peer.producers.get('camera')?.pause();
  meeting.changed(participant);
};

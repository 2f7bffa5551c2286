import type { Emit } from '@meetframe/contract/api';
import type { Author, Client, Participant as ParticipantBean } from '@meetframe/contract/beans';
import { fail } from '../errors.ts';
import type { Peer } from '../media/peer.ts';
import type { Asker, Standing } from '../rooms/access.ts';
import type { UserRow } from '../store/tables.ts';

type Parts = {
  client: Client;
  deviceId: string;
  asker: Asker;
  standing: Standing;
  emit: Emit;
  peer: Peer;
  ended: () => void;
};

/** A participant of a meeting. It knows neither the socket nor the meeting; it sends events through `emit`. */
export class Participant {
  readonly client: Client;
  readonly deviceId: string;
  /** The user or guest, as the access rules of rooms see them now. */
  asker: Asker;
  /** Their standing in the room. It decides who may moderate; the order of entering does not. */
  standing: Standing;
  readonly emit: Emit;
  readonly peer: Peer;
  /** Called once the participant has left, for any reason. */
  readonly ended: () => void;
  connected = true;
  /** When the participant raised a hand, milliseconds since 1970. */
  hand: number | null = null;
  /** Id of the screen that the participant shares, or shared last. */
  shareScreenId: number | null = null;
  /** Whether the participant goes on with audio only (3.23). */
  audioOnly = false;

  constructor({ client, deviceId, asker, standing, emit, peer, ended }: Parts) {
    this.client = client;
    this.deviceId = deviceId;
    this.asker = asker;
    this.standing = standing;
    this.emit = emit;
    this.peer = peer;
    this.ended = ended;
  }

  get id(): number {
    return this.client.id;
  }

  get user(): UserRow | undefined {
    return this.asker.user;
  }

  get author(): Author {
    const { id, name, pictureurl } = this.client;
    return { id, name, pictureurl, userId: this.user?.id ?? null };
  }

  bean(isModerator: boolean): ParticipantBean {
    const { producers, peerId } = this.peer;
    const camera = producers.get('camera');
    return {
      client: { ...this.client, isSuperModerator: isModerator, peerId: peerId || null },
      userId: this.user?.id ?? null,
      audio: producers.has('mic'),
      video: camera !== undefined && !camera.paused,
      screen: producers.has('screen') ? this.shareScreenId : null,
      connected: this.connected,
      hand: this.hand,
      audioOnly: this.audioOnly,
    };
  }
}

/**
 * The participant of a meeting with this id.
 *
 * @param field the field of the call that names it, if the answer says so
 * @throws RTCPeerError `NOT_FOUND`
 */
export const participantOf = (
  participants: ReadonlyMap<number, Participant>,
  id: number,
  field?: string,
): Participant =>
  participants.get(id) ??
  fail('NOT_FOUND', `No participant of this meeting has the id ${id}.`, field === undefined ? undefined : { field });

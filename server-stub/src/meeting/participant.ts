import type { Emit } from '@meetframe/contract/api';
import type { Author, Client, Participant as ParticipantBean } from '@meetframe/contract/beans';
import type { Asker } from '../account/caller.ts';
import { fail } from '../errors.ts';
import type { Peer } from '../media/peer.ts';
import type { Standing } from '../rooms/access.ts';
import { sourceOf } from '../throttle/source.ts';
import type { UserRow } from '../users/tables.ts';

type Parts = {
  client: Client;
  person: string;
  asker: Asker;
  standing: Standing;
  emit: Emit;
  peer: Peer;
  ended: () => void;
};

/** A participant of a meeting. It knows neither the socket nor the meeting; it sends events through `emit`. */
export class Participant {
  readonly client: Client;
  /** See `CallingDevice.person`. */
  readonly person: string;
  /** What counts as one source where limits go by source. */
  readonly source: string;
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

  constructor({ client, person, asker, standing, emit, peer, ended }: Parts) {
    this.client = client;
    this.person = person;
    this.source = sourceOf(asker);
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

  /** The id of the user, or of the guest’s row in `user` for calls. */
  get inCalls(): number | undefined {
    return (this.asker.user ?? this.asker.guest)?.id;
  }

  get author(): Author {
    const { id, name, pictureurl } = this.client;
    return { id, name, pictureurl, userId: this.user?.id ?? null };
  }

  /** Takes over name and avatar of a changed account; the name stays if it was changed in the meeting. */
  follow(user: UserRow): { isRenamed: boolean } {
    const { client, asker } = this;
    const isRenamed = client.name === asker.user?.name && client.name !== user.name;
    this.asker = { ...asker, user };
    client.pictureurl = user.photo;
    if (client.email !== null) client.email = user.email;
    if (client.phone !== null) client.phone = user.phone;
    return { isRenamed };
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

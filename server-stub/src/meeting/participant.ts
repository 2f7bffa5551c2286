import type { Emit } from '@meetframe/contract/api';
import type { Client, Participant as ParticipantBean } from '@meetframe/contract/beans';
import type { Peer } from '../media/peer.ts';
import type { Asker, Standing } from '../rooms/access.ts';
import type { RoomRow, UserRow } from '../store/tables.ts';
import type { Meeting } from './meeting.ts';

export type ClosedReason = 'displaced' | 'kicked' | 'finished' | 'shutdown' | 'loggedOut';

/** Somebody in a meeting. Knows no socket: it talks through `emit`. */
export class Participant {
  readonly client: Client;
  /** Who entered, as rooms see it. */
  readonly asker: Asker;
  /** What the data makes of them: who may moderate follows from it, never from who came first. */
  standing: Standing;
  readonly meeting: Meeting;
  readonly emit: Emit;
  readonly peer: Peer;
  /** Called once the participation is over, for whatever reason. */
  readonly ended: (reason: ClosedReason | undefined) => void;
  connected = true;

  constructor(parts: {
    client: Client;
    asker: Asker;
    standing: Standing;
    meeting: Meeting;
    emit: Emit;
    peer: Peer;
    ended: (reason: ClosedReason | undefined) => void;
  }) {
    this.client = parts.client;
    this.asker = parts.asker;
    this.standing = parts.standing;
    this.meeting = parts.meeting;
    this.emit = parts.emit;
    this.peer = parts.peer;
    this.ended = parts.ended;
  }

  get id(): number {
    return this.client.id;
  }

  get user(): UserRow | undefined {
    return this.asker.user;
  }

  get isModerator(): boolean {
    return this.meeting.moderatorId === this.client.id;
  }

  get room(): RoomRow {
    return this.meeting.room;
  }

  bean(): ParticipantBean {
    const camera = this.peer.producers.get('camera');
    return {
      client: { ...this.client, isSuperModerator: this.isModerator, peerId: this.peer.peerId || null },
      userId: this.user?.id ?? null,
      audio: this.peer.producers.has('mic'),
      video: camera !== undefined && !camera.paused,
      screen: this.peer.producers.has('screen'),
      connected: this.connected,
    };
  }

  setConnected(connected: boolean): void {
    if (this.connected === connected) return;
    this.connected = connected;
    this.meeting.changed(this);
  }
}

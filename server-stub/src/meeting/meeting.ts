import type { Emit } from '@meetframe/contract/api';
import type { ChatMessage } from '@meetframe/contract/beans';
import type { Snapshot } from '@meetframe/contract/meeting/seat';
import type { RoomProducer } from '../media/producers.ts';
import type { RoomMedia } from '../media/room.ts';
import type { Standing } from '../rooms/access.ts';
import { roomBean } from '../rooms/bean.ts';
import type { RoomRow } from '../store/tables.ts';
import type { ClosedReason, Participant } from './participant.ts';

const keptChat = 200;

/** Who moderates when several could: the owner, then whom the appointment names, then an administrator. */
const entitled: readonly Standing[] = ['owner', 'moderator', 'administrator'];

/** A running meeting: who is in it, who moderates, what was said. It ends when the last one has gone. */
export class Meeting {
  room: RoomRow;
  readonly media: RoomMedia;
  readonly startedAt = Date.now();
  readonly participants = new Map<number, Participant>();
  readonly chat: ChatMessage[] = [];
  moderatorId: number | null = null;
  /** The appointment that this meeting is. */
  appointment: { id: number; name: string } | undefined;
  /** Seats promised to people whose way in is not finished. */
  pending = 0;
  /** Whose screen is shared, from the moment it is being set up. */
  sharing: number | undefined;
  readonly #joined = new Set<Participant>();
  readonly #changed = new Set<Participant>();
  readonly #left = new Set<number>();
  #roomChanged = false;
  #flush: NodeJS.Timeout | undefined;
  readonly #onEmpty: (meeting: Meeting) => void;

  constructor(room: RoomRow, media: RoomMedia, onEmpty: (meeting: Meeting) => void) {
    this.room = room;
    this.media = media;
    this.#onEmpty = onEmpty;
    const changed = ({ clientId }: RoomProducer): void => {
      const participant = this.participants.get(clientId);
      if (participant) this.changed(participant);
    };
    media.on('producerAdded', changed);
    media.on('producerPaused', changed);
    media.on('producerResumed', changed);
    media.on('producerClosed', changed);
    media.on('speakers', (speakers) => this.tell('meeting.speakers', speakers));
  }

  add(participant: Participant): void {
    this.participants.set(participant.id, participant);
    this.#joined.add(participant);
    this.#electModerator();
    this.#schedule();
  }

  remove(participant: Participant, reason?: ClosedReason, retryAfter?: number): void {
    if (!this.participants.delete(participant.id)) return;
    this.media.remove(participant.peer);
    if (this.sharing === participant.id) this.sharing = undefined;
    // Also when the join was never told: somebody's snapshot may have it already.
    this.#left.add(participant.id);
    this.#joined.delete(participant);
    this.#changed.delete(participant);
    if (this.moderatorId === participant.id) {
      this.moderatorId = null;
      this.#electModerator();
    }
    if (reason) participant.emit('meeting.closed', { roomId: this.room.id, reason, retryAfter });
    participant.ended(reason);
    this.#schedule();
    this.endIfEmpty();
  }

  endIfEmpty(): void {
    if (this.participants.size || this.pending) return;
    clearTimeout(this.#flush);
    this.media.close();
    this.#onEmpty(this);
  }

  changed(participant: Participant): void {
    if (!this.participants.has(participant.id)) return;
    if (!this.#joined.has(participant)) this.#changed.add(participant);
    this.#schedule();
  }

  /** The room's data changed while the meeting runs. */
  update(room: RoomRow): void {
    this.room = room;
    this.#roomChanged = true;
    this.#schedule();
  }

  snapshot(self: Participant): Snapshot {
    return {
      room: this.bean(),
      selfId: self.id,
      participants: [...this.participants.values()].map((one) => one.bean()),
      chat: this.chat,
      startedAt: this.startedAt,
      serverTime: Date.now(),
    };
  }

  bean() {
    return roomBean(this.room, { superModeId: this.moderatorId, appointment: this.appointment });
  }

  say(message: ChatMessage): void {
    this.chat.push(message);
    if (this.chat.length > keptChat) this.chat.shift();
    this.tell('meeting.onChat', message);
  }

  readonly tell: Emit = (name, payload) => {
    for (const participant of this.participants.values()) participant.emit(name, payload);
  };

  get moderator(): Participant | undefined {
    return this.moderatorId === null ? undefined : this.participants.get(this.moderatorId);
  }

  /** What somebody is to the room may have changed. */
  restand(participant: Participant, standing: Standing): void {
    participant.standing = standing;
    if (participant.isModerator && !entitled.includes(standing)) {
      this.moderatorId = null;
      this.changed(participant);
    }
    this.#electModerator();
  }

  /** Only somebody whom the data entitles. Never the first one in. */
  #electModerator(): void {
    if (this.moderatorId !== null) return;
    const all = [...this.participants.values()];
    const chosen = entitled.flatMap((standing) => all.find((one) => one.standing === standing) ?? [])[0];
    if (!chosen) return;
    this.moderatorId = chosen.id;
    this.changed(chosen);
  }

  #schedule(): void {
    const size = this.participants.size;
    this.#flush ??= setTimeout(() => this.#tellRoster(), size >= 100 ? 1000 : size >= 50 ? 500 : 0);
  }

  #tellRoster(): void {
    this.#flush = undefined;
    const beans = (some: Set<Participant>) => [...some].map((one) => one.bean());
    const news = {
      roomId: this.room.id,
      room: this.bean(),
      joined: beans(this.#joined),
      changed: beans(this.#changed),
      left: [...this.#left],
    };
    this.#joined.clear();
    this.#changed.clear();
    this.#left.clear();
    const told = this.#roomChanged;
    this.#roomChanged = false;
    if (told || news.joined.length + news.changed.length + news.left.length) this.tell('meeting.roster', news);
  }
}

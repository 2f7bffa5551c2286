import type { EventEmitter } from 'node:events';
import type { Emit } from '@meetframe/contract/api';
import type { ChatMessage, Participant as ParticipantBean, Room, Transcription } from '@meetframe/contract/beans';
import type { RecordingNow } from '@meetframe/contract/meeting/record';
import type { EndReason, Snapshot } from '@meetframe/contract/meeting/seat';
import type { Tenure } from '../cluster/cluster.ts';
import type { Log } from '../log.ts';
import type { RoomProducer } from '../media/producers.ts';
import { RoomMedia } from '../media/room.ts';
import type { Workers } from '../media/workers.ts';
import type { Standing } from '../rooms/access.ts';
import { roomBean } from '../rooms/bean.ts';
import type { RoomRow } from '../rooms/tables.ts';
import { Steady } from '../throttle/steady.ts';
import { Door } from './door.ts';
import { Guests } from './guests.ts';
import type { Entry } from './journal.ts';
import { type Announce, Moderation } from './moderation.ts';
import type { Participant } from './participant.ts';
import { PrivateChat } from './privateChat.ts';
import { Reactions } from './reactions.ts';
import { Removed } from './removed.ts';
import { Roster } from './roster.ts';
import { Share } from './share.ts';

/** Events of the meetings of a node. A meeting has started when its first participant has entered. */
export type MeetingEvents = {
  started: [Meeting];
  entered: [Meeting, Participant];
  left: [Meeting, Participant, EndReason?];
  /** The moderator changed. The second value is the previous moderator. */
  moderated: [Meeting, Participant | undefined];
  /** The waiting room was turned on or off. */
  waitingRoom: [Meeting];
  ended: [Meeting];
};
type Parts = {
  entry: Entry;
  room: RoomRow;
  chat: ChatMessage[];
  tenure: Tenure;
  workers: Workers;
  log: Log;
  events: EventEmitter<MeetingEvents>;
};

/** A running meeting. It ends when the last participant has left and no participant is entering. */
export class Meeting {
  readonly id: string;
  readonly startedAt: number;
  room: RoomRow;
  /** The appointment for which this meeting takes place. */
  appointment: { id: number; name: string } | undefined;
  readonly participants = new Map<number, Participant>();
  readonly chat: ChatMessage[];
  readonly media: RoomMedia;
  readonly roster: Roster;
  readonly moderation: Moderation;
  readonly share = new Share(this.participants);
  readonly removed = new Removed();
  readonly door: Door;
  readonly privateChat = new PrivateChat(this.participants);
  readonly reactions = new Reactions(this);
  readonly guests = new Guests();
  /** Counts the changes of the room: participants who are entering are judged by the newest. */
  changes = 0;
  /** The name of a meeting that has no appointment. */
  name: string | null = null;
  /** The recording that runs now; written by `recording/`. */
  recording: RecordingNow | undefined;
  /** True when the database knows that the meeting runs. */
  isStored = false;
  /** Whether the meeting is being transcribed; `undefined` where the platform has no speech engine. */
  transcription: Transcription | undefined;
  /** True when the server stops or another node takes over the room; the meeting continues there. */
  isInterrupted = false;
  readonly #announcements = new Steady<string>();
  readonly #tenure: Tenure;
  readonly #events: Parts['events'];
  /** Seats reserved for participants who are still entering. */
  #promised = 0;
  #hasStarted = false;

  constructor({ entry, room, chat, tenure, workers, log, events }: Parts) {
    this.id = entry.id;
    this.startedAt = entry.startedAt;
    this.room = room;
    this.chat = chat;
    this.door = new Door(entry);
    this.#tenure = tenure;
    this.#events = events;
    const { participants } = this;
    this.media = new RoomMedia(workers, log);
    const changed = ({ clientId }: RoomProducer): void => this.roster.changed(clientId);
    for (const name of ['producerAdded', 'producerPaused', 'producerResumed', 'producerClosed'] as const)
      this.media.on(name, changed);
    this.media.on('speakers', (speakers) => this.tell('meeting.speakers', speakers));
    this.moderation = new Moderation(this, (before) => this.#events.emit('moderated', this, before));
    this.roster = new Roster({
      participants,
      bean: (one) => this.bean(one),
      room: () => this.roomBean(),
      tell: (changes) => this.tell('meeting.roster', changes),
    });
    this.#report();
  }

  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** Number of seats that are taken or reserved. */
  get seats(): number {
    return this.participants.size + this.#promised;
  }

  /** Reserves a seat. The meeting does not end until {@link letGo} is called. */
  hold(): void {
    this.#promised++;
  }

  letGo(): void {
    this.#promised--;
    this.#endIfEmpty();
  }

  add(participant: Participant): void {
    this.participants.set(participant.id, participant);
    this.moderation.elect();
    this.changed(participant);
    if (!this.#hasStarted) this.#events.emit('started', this);
    this.#hasStarted = true;
    this.#events.emit('entered', this, participant);
  }

  /** Removes a participant. `retryAfter`: how long its client should wait before it enters again, in ms. */
  remove(participant: Participant, reason?: EndReason, retryAfter?: number): void {
    if (!this.participants.delete(participant.id)) return;
    this.media.remove(participant.peer);
    this.moderation.elect();
    this.changed(participant);
    if (reason) participant.emit('meeting.closed', { roomId: this.room.id, reason, retryAfter });
    participant.ended();
    this.#events.emit('left', this, participant, reason);
    this.#endIfEmpty();
  }

  /** Ends the meeting for all participants. */
  finish(by: Participant): void {
    this.tell('meeting.onFinish', { userId: by.id, roomId: this.room.id });
    for (const one of [...this.participants.values()]) this.remove(one, 'finished');
  }

  /** Changes the name of the meeting. If it has an appointment, that has been renamed already. */
  rename(by: Participant, appointmentName: string): void {
    if (this.appointment) this.appointment = { ...this.appointment, name: appointmentName };
    else this.name = appointmentName;
    this.roster.changed();
    this.announce('meeting.onUpdateMeeting', { userId: by.id, roomId: this.room.id, appointmentName });
  }

  /** Stops the meeting on this node but not in the database: its participants are asked to enter again. */
  interrupt(retryAfter: () => number): void {
    this.isInterrupted = true;
    for (const one of [...this.participants.values()]) this.remove(one, 'shutdown', retryAfter());
  }

  /** The entry of a participant in the roster changed. */
  changed(participant: Participant): void {
    this.roster.changed(participant.id);
    this.#report();
  }

  /** The data of the room changed. */
  update(room: RoomRow): void {
    this.room = room;
    this.roster.changed();
  }

  /** Turns the waiting room on or off: by the moderator, or by the data of room and appointment. */
  setWaitingRoom(isOn: boolean, by: 'moderator' | 'data'): boolean {
    const isChange = this.door.setWaitingRoom(isOn, by);
    if (isChange) this.#events.emit('waitingRoom', this);
    return isChange;
  }

  /** The standing of a participant in the room may have changed. */
  restand(participant: Participant, standing: Standing): void {
    participant.standing = standing;
    this.moderation.elect();
  }

  setConnected(participant: Participant, connected: boolean): void {
    if (participant.connected === connected) return;
    participant.connected = connected;
    this.changed(participant);
  }

  /** As the participants know the meeting: by its appointment, by what it was renamed to, or by its room. */
  get title(): string {
    return this.appointment?.name ?? this.name ?? this.room.name;
  }

  roomBean(): Room {
    const { room, appointment, moderation, name } = this;
    const bean = roomBean(room, { superModeId: moderation.moderatorId, appointment });
    return { ...bean, appointmentName: bean.appointmentName ?? name };
  }

  bean(participant: Participant): ParticipantBean {
    return participant.bean(this.moderation.isModerator(participant));
  }

  snapshot(self: Participant): Snapshot {
    const { startedAt, door, transcription, recording } = this;
    const own = this.privateChat.of(self.id);
    const chat = own.length > 0 ? [...this.chat, ...own].sort((a, b) => a.time - b.time) : this.chat;
    const snapshot = this.roster.snapshot(self);
    const common = { ...snapshot, chat, isLocked: door.isLocked, startedAt, serverTime: Date.now() };
    return { ...common, ...(transcription && { transcription }), ...(recording && { recording }) };
  }

  readonly tell: Emit = (name, payload) => {
    for (const participant of this.participants.values()) participant.emit(name, payload);
  };

  /**
   * The same, after the changes of the roster that belong to it, so that clients know them when the event arrives. Repeated events of one
   * name about the same participant, or about the meeting, are limited to a few a second; the last one is always sent.
   */
  readonly announce: Announce = (name, payload, about = 0) => {
    this.#announcements.call(`${name} ${about}`, () => {
      this.roster.flush();
      this.tell(name, payload);
    });
  };

  #report(): void {
    const { startedAt, participants, moderation } = this;
    const { moderator } = moderation;
    this.#tenure.report({ startedAt, people: participants.size, moderator: moderator?.client ?? null });
  }

  #endIfEmpty(): void {
    if (this.seats > 0) return;
    this.media.close();
    this.roster.close();
    this.reactions.close();
    this.moderation.close();
    this.#announcements.close();
    this.#tenure.release();
    this.#events.emit('ended', this);
  }
}

import type { WirePayload } from '@meetframe/contract/api';
import type { Participant as ParticipantBean, Room } from '@meetframe/contract/beans';
import { usual } from '@meetframe/contract/beans';
import type { Snapshot } from '@meetframe/contract/meeting/seat';
import type { Participant } from './participant.ts';

type Changes = WirePayload<'meeting.roster'>;
type Parts = {
  participants: ReadonlyMap<number, Participant>;
  bean(participant: Participant): ParticipantBean;
  room(): Room;
  tell(changes: Changes): void;
};

/** Shortest time between two messages about changes of one participant, in ms. The first change is sent at once. */
const gap = 250;

/** The fields of `now` that differ from those of `before`. */
const differing = <T extends object>(before: Partial<T>, now: T): Partial<T> =>
  Object.fromEntries(Object.entries(now).filter(([key, value]) => before[key as keyof T] !== value)) as Partial<T>;

/**
 * The participants of a meeting as the clients know them. A client that enters gets this list as a snapshot; each message afterwards
 * tells all clients what has changed since the one before. So each participant is announced once, however many enter at the same time.
 */
export class Roster {
  readonly #parts: Parts;
  readonly #sent = new Map<number, ParticipantBean>();
  readonly #changed = new Set<number>();
  #sentRoom: string;
  /** When the last message about each participant was sent, by the monotonic clock. */
  readonly #toldAt = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;
  #due = Number.POSITIVE_INFINITY;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#sentRoom = JSON.stringify(parts.room());
  }

  /** A participant entered, changed or left; without an id: the room changed. */
  changed(id?: number): void {
    if (id !== undefined) this.#changed.add(id);
    this.#plan(performance.now() + Math.max(this.#delay, id === undefined ? 0 : this.#wait(id)));
  }

  snapshot(self: Participant): Pick<Snapshot, 'client' | 'members' | 'room' | 'more'> {
    if (this.#delay === 0) this.flush();
    const own = this.#parts.bean(self);
    const others = [...this.#sent.values()].filter(({ client }) => client.id !== self.id);
    const more = [own, ...others].flatMap(({ client, ...facts }) => {
      const unusual = differing(usual.facts, facts);
      return Object.keys(unusual).length ? [{ id: client.id, ...unusual }] : [];
    });
    return { client: own.client, members: others.map(({ client }) => client), room: this.#parts.room(), more };
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** Sends the collected changes at once; `due`: only those of participants whose last message is old enough. */
  flush(due = false): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = Number.POSITIVE_INFINITY;
    const room = this.#parts.room();
    const changes: Changes = { roomId: room.id, joined: [], changed: [], left: [] };
    for (const id of [...this.#changed]) {
      const wait = due ? this.#wait(id) : 0;
      if (wait > 0) {
        this.#plan(performance.now() + wait);
        continue;
      }
      this.#changed.delete(id);
      this.#collect(id, changes);
    }
    const isOfRoom = this.#sentRoom !== JSON.stringify(room);
    this.#sentRoom = JSON.stringify(room);
    if (isOfRoom) changes.room = room;
    if (isOfRoom || changes.joined.length + changes.changed.length + changes.left.length) this.#parts.tell(changes);
  }

  /** Sends changes at that time, or earlier if that is planned already. */
  #plan(at: number): void {
    if (at >= this.#due) return;
    this.#due = at;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(true), Math.max(0, at - performance.now()));
  }

  /** How long changes of a participant must still wait, in ms, because its last message was sent a moment ago. */
  #wait(id: number): number {
    const toldAt = this.#toldAt.get(id);
    return toldAt === undefined || !this.#parts.participants.has(id)
      ? 0
      : Math.max(0, toldAt + gap - performance.now());
  }

  /** How long changes are collected, in ms: the more participants there are, the longer. */
  get #delay(): number {
    const { size } = this.#parts.participants;
    return size >= 100 ? 1000 : size >= 50 ? 500 : 0;
  }

  #collect(id: number, { joined, changed, left }: Changes): void {
    const before = this.#sent.get(id);
    const participant = this.#parts.participants.get(id);
    if (!participant) {
      this.#toldAt.delete(id);
      if (this.#sent.delete(id)) left.push(id);
      return;
    }
    const bean = this.#parts.bean(participant);
    this.#sent.set(id, bean);
    if (before) this.#toldAt.set(id, performance.now());
    const { client, ...facts } = bean;
    const { id: _, name, mode, streamId, broadCastId } = client;
    const known = before ?? { ...usual.facts, client: usual.client };
    const unlike = { client: differing(known.client, client), facts: differing(known, facts) };
    if (!before) joined.push({ client: { id, name, mode, streamId, broadCastId, ...unlike.client }, ...unlike.facts });
    else if (Object.keys(unlike.client).length + Object.keys(unlike.facts).length)
      changed.push({ client: { id, ...unlike.client }, ...unlike.facts });
  }
}

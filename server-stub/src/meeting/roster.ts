import type { WirePayload } from '@meetframe/contract/api';
import type { Participant as ParticipantBean, Room } from '@meetframe/contract/beans';
import { usual } from '@meetframe/contract/beans';
import type { Snapshot } from '@meetframe/contract/meeting/seat';
import type { Participant } from './participant.ts';

type News = WirePayload<'meeting.roster'>;
type Parts = {
  participants: ReadonlyMap<number, Participant>;
  bean(participant: Participant): ParticipantBean;
  room(): Room;
  tell(news: News): void;
};

/** The fields of `now` that are not the same in `before`. */
const differing = <T extends object>(before: Partial<T>, now: T): Partial<T> =>
  Object.fromEntries(Object.entries(now).filter(([key, value]) => before[key as keyof T] !== value)) as Partial<T>;

/**
 * Who is in a meeting, as its participants have been told: a snapshot shows that, and the next message tells everybody alike
 * what changed since. So a participant is listed once to each of the others, however many enter at the same time.
 */
export class Roster {
  readonly #parts: Parts;
  readonly #told = new Map<number, ParticipantBean>();
  readonly #changed = new Set<number>();
  #toldRoom: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#toldRoom = JSON.stringify(parts.room());
  }

  /** A participant entered, changed or left, or without an id, the room changed. */
  changed(id?: number): void {
    if (id !== undefined) this.#changed.add(id);
    this.#timer ??= setTimeout(() => this.flush(), this.#delay);
  }

  snapshot(self: Participant): Pick<Snapshot, 'client' | 'members' | 'room' | 'more'> {
    if (this.#delay === 0) this.flush();
    const own = this.#parts.bean(self);
    const others = [...this.#told.values()].filter(({ client }) => client.id !== self.id);
    const more = [own, ...others].flatMap(({ client, ...facts }) => {
      const unusual = differing(usual.facts, facts);
      return Object.keys(unusual).length ? [{ id: client.id, ...unusual }] : [];
    });
    return { client: own.client, members: others.map(({ client }) => client), room: this.#parts.room(), more };
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** Tells at once what has been collected. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const room = this.#parts.room();
    const news: News = { roomId: room.id, joined: [], changed: [], left: [] };
    for (const id of this.#changed) this.#collect(id, news);
    this.#changed.clear();
    const isOfRoom = this.#toldRoom !== JSON.stringify(room);
    this.#toldRoom = JSON.stringify(room);
    if (isOfRoom) news.room = room;
    if (isOfRoom || news.joined.length + news.changed.length + news.left.length) this.#parts.tell(news);
  }

  /** In milliseconds: the more there are to tell, the longer changes are collected. */
  get #delay(): number {
    const { size } = this.#parts.participants;
    return size >= 100 ? 1000 : size >= 50 ? 500 : 0;
  }

  #collect(id: number, { joined, changed, left }: News): void {
    const before = this.#told.get(id);
    const participant = this.#parts.participants.get(id);
    if (!participant) {
      if (this.#told.delete(id)) left.push(id);
      return;
    }
    const bean = this.#parts.bean(participant);
    this.#told.set(id, bean);
    const { client, ...facts } = bean;
    const { id: _, name, mode, streamId, broadCastId } = client;
    const known = before ?? { ...usual.facts, client: usual.client };
    const unlike = { client: differing(known.client, client), facts: differing(known, facts) };
    if (!before) joined.push({ client: { id, name, mode, streamId, broadCastId, ...unlike.client }, ...unlike.facts });
    else if (Object.keys(unlike.client).length + Object.keys(unlike.facts).length)
      changed.push({ client: { id, ...unlike.client }, ...unlike.facts });
  }
}

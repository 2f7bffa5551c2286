import { createHash } from 'node:crypto';
import { fail } from '../errors.ts';
import type { Standing } from '../rooms/access.ts';
import { entitled } from './moderation.ts';

/** How many users and clients that were in the meeting are remembered; the latest ones. */
const most = 2000;

/** Keys are hashed, because the key of a guest is a secret and the database must not contain it. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url');

/**
 * The state as it is stored. `lockedFor`: hashes of those who may return to a locked meeting, `null` while it is not locked.
 * `waitingRoom`: 1 or 0 as the moderator decided, `null` before. `admitted`: hashes of those who need not wait again, `null` without a
 * waiting room.
 */
export type DoorState = { lockedFor: string | null; waitingRoom: number | null; admitted: string | null };

/** Decides who may enter while the meeting is locked, and who has to wait until the moderator lets them in. */
export class Door {
  #isLocked: boolean;
  /** What the room, or the appointment that is due in it, says about a waiting room. */
  #isPlanned = false;
  /** Whether the moderator turned the waiting room on or off; `undefined` before. */
  #isChosen: boolean | undefined;
  /** Users and clients that were in the meeting, or were let in, by the hashes of their keys: they may come back. */
  readonly #known: Set<string>;

  /** Takes the stored state of a meeting that continues after its server was lost. */
  constructor(
    { lockedFor, waitingRoom, admitted }: DoorState = { lockedFor: null, waitingRoom: null, admitted: null },
  ) {
    this.#isLocked = lockedFor !== null;
    this.#isChosen = waitingRoom === null ? undefined : waitingRoom === 1;
    this.#known = new Set((lockedFor || admitted)?.split(' '));
  }

  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** True when new guests have to wait. */
  get hasWaitingRoom(): boolean {
    return this.#isChosen ?? this.#isPlanned;
  }

  /** The state to be stored after a change. */
  get state(): DoorState {
    const known = [...this.#known].join(' ');
    return {
      lockedFor: this.#isLocked ? known : null,
      waitingRoom: this.#isChosen === undefined ? null : Number(this.#isChosen),
      admitted: this.hasWaitingRoom ? known : null,
    };
  }

  /** Returns false when nothing changed. */
  set(isLocked: boolean): boolean {
    const isChange = isLocked !== this.#isLocked;
    this.#isLocked = isLocked;
    return isChange;
  }

  /** Turns the waiting room on or off: by the moderator, or by the data of room and appointment. Returns false when nothing changed. */
  setWaitingRoom(isOn: boolean, by: 'moderator' | 'data'): boolean {
    const before = this.hasWaitingRoom;
    if (by === 'moderator') this.#isChosen = isOn;
    else this.#isPlanned = isOn;
    return this.hasWaitingRoom !== before;
  }

  /** The user or client with this key has taken a seat, or was let in. */
  remember(key: string): void {
    const hash = hashOf(key);
    this.#known.delete(hash);
    this.#known.add(hash);
    const [oldest] = this.#known;
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest);
  }

  /** True for guests, who have access only because the room is public or because they have an invite code. */
  mustWait(key: string, standing: Standing): boolean {
    return this.hasWaitingRoom && standing === 'guest' && !this.#known.has(hashOf(key));
  }

  /** @throws RTCPeerError `ROOM_NOT_OPEN` in a locked meeting, for everybody who was not in it before and may not moderate it */
  refuse(key: string, standing: Standing): void {
    if (this.#isLocked && !this.#known.has(hashOf(key)) && !entitled.includes(standing))
      fail('ROOM_NOT_OPEN', 'The moderator has locked this meeting.', { reason: 'locked' });
  }
}

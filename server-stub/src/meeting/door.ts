import { fail } from '../errors.ts';
import type { Standing } from '../rooms/access.ts';
import { entitled } from './moderation.ts';

/** Decides who may enter while the meeting is locked. */
export class Door {
  #isLocked = false;
  /** Users and devices that were in the meeting: they may come back. */
  readonly #known = new Set<string>();

  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** Returns false when nothing changed. */
  set(isLocked: boolean): boolean {
    const isChange = isLocked !== this.#isLocked;
    this.#isLocked = isLocked;
    return isChange;
  }

  /** The user or device with this key has taken a seat. */
  remember(key: string): void {
    this.#known.add(key);
  }

  /** @throws RTCPeerError `ROOM_NOT_OPEN` for who is new in a locked meeting and may not moderate it */
  refuse(key: string, standing: Standing): void {
    if (this.#isLocked && !this.#known.has(key) && !entitled.includes(standing))
      fail('ROOM_NOT_OPEN', 'The moderator has locked this meeting.', { reason: 'locked' });
  }
}

import { createHash } from 'node:crypto';
import { fail } from '../errors.ts';
import type { Standing } from '../rooms/access.ts';
import { entitled } from './moderation.ts';

/** How many are remembered who were in the meeting, the latest ones. */
const most = 2000;

/** The key of a guest is a secret, and what is stored is not. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url');

/** Decides who may enter while the meeting is locked. */
export class Door {
  #isLocked: boolean;
  /** Users and clients that were in the meeting, by the hashes of their keys: they may come back. */
  readonly #known: Set<string>;

  /** `lockedFor`: as it was before the server of a running meeting was lost. */
  constructor(lockedFor: string | null = null) {
    this.#isLocked = lockedFor !== null;
    this.#known = new Set(lockedFor?.split(' '));
  }

  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** To be stored while it is locked: nobody becomes known then but those who may moderate. */
  get lockedFor(): string | null {
    return this.#isLocked ? [...this.#known].join(' ') : null;
  }

  /** Returns false when nothing changed. */
  set(isLocked: boolean): boolean {
    const isChange = isLocked !== this.#isLocked;
    this.#isLocked = isLocked;
    return isChange;
  }

  /** The user or client with this key has taken a seat. */
  remember(key: string): void {
    const hash = hashOf(key);
    this.#known.delete(hash);
    this.#known.add(hash);
    const [oldest] = this.#known;
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest);
  }

  /** @throws RTCPeerError `ROOM_NOT_OPEN` for who is new in a locked meeting and may not moderate it */
  refuse(key: string, standing: Standing): void {
    if (this.#isLocked && !this.#known.has(hashOf(key)) && !entitled.includes(standing))
      fail('ROOM_NOT_OPEN', 'The moderator has locked this meeting.', { reason: 'locked' });
  }
}

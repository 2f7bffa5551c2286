import { fail } from '../errors.ts';

/** Identifies a participant who enters. A guest has no account, so the device is compared, and the address together with the name. */
export type Entrant = { person: string; userId: number | undefined; ip: string; name: string };

/** What identifies them: any of these is enough. */
export const keysOf = ({ person, userId, ip, name }: Entrant): string[] =>
  userId === undefined ? [`person ${person}`, `guest ${ip} ${name.trim().toLowerCase()}`] : [`user ${userId}`];

/** The participants that a moderator removed. They cannot enter as long as the meeting runs. */
export class Removed {
  readonly #keys = new Set<string>();

  add(entrant: Entrant): void {
    for (const key of keysOf(entrant)) this.#keys.add(key);
  }

  /** @throws RTCPeerError `FORBIDDEN` for a participant that was removed */
  refuse(entrant: Entrant): void {
    if (keysOf(entrant).some((key) => this.#keys.has(key)))
      fail('FORBIDDEN', 'The moderator removed you from this meeting.', { reason: 'removed' });
  }
}

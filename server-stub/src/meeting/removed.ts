import { fail } from '../errors.ts';

/** What tells one who enters from others. A guest has no account: the device counts, and a fresh one at the same address with the same name. */
type Entrant = { deviceId: string; userId: number | undefined; ip: string; name: string };

const keysOf = ({ deviceId, userId, ip, name }: Entrant): string[] =>
  userId === undefined ? [`device ${deviceId}`, `guest ${ip} ${name.trim().toLowerCase()}`] : [`user ${userId}`];

/** Those whom a moderator removed: they stay out for as long as the meeting runs. */
export class Removed {
  readonly #keys = new Set<string>();

  add(entrant: Entrant): void {
    for (const key of keysOf(entrant)) this.#keys.add(key);
  }

  /** @throws RTCPeerError `FORBIDDEN` for one who was removed */
  refuse(entrant: Entrant): void {
    if (keysOf(entrant).some((key) => this.#keys.has(key)))
      fail('FORBIDDEN', 'The moderator removed you from this meeting.', { reason: 'removed' });
  }
}

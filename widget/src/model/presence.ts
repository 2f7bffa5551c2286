import type { Presence } from '@meetframe/contract/presence';

/** How a user can be called. `away`: no device is awake. */
export type PresenceState = 'online' | 'away' | 'busy' | 'offline';

export const stateOf = (facts: Presence | undefined): PresenceState =>
  !facts?.online ? 'offline' : facts.busy ? 'busy' : facts.awake ? 'online' : 'away';

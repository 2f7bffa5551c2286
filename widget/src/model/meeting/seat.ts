import type { EndReason, Snapshot } from '@meetframe/contract';
import { createModel, signal } from '@preact/signals';

/** Why the user's own participation ended. */
export type LeftReason = EndReason | 'exit';

type Follower = {
  /** The server's snapshot replaces all state. `before`: the previous `Client.id`, `null` on entering. */
  taken?(snapshot: Snapshot, before: number | null): void;
  /** `selfId`: the `Client.id` until now. */
  left?(reason: LeftReason, selfId: number): void;
};

export type SeatModel = InstanceType<typeof Seat>;

/** The user's own seat in a meeting. The features of the meeting start, change and reset with it. */
export const Seat = createModel(() => {
  const selfId = signal<number | null>(null);
  /**
   * Every `Client.id` that the user has had in this meeting: after a long loss of the connection there is a new one.
   */
  const ownIds = signal<ReadonlySet<number>>(new Set());
  /** Entered for audio only, whatever the room's type is. */
  const enteredAudioOnly = signal(false);
  const followers = new Set<Follower>();
  /** Counts participations. */
  let participation = 0;

  return {
    selfId,
    ownIds,
    enteredAudioOnly,
    isIn: (): boolean => selfId.peek() !== null,
    /** Returns a function to call after an `await`: whether this is still the same participation. */
    here(): () => boolean {
      const now = participation;
      return () => now === participation;
    },
    /**
     * Returns a function that ends it. A model that may end before the meeting's models calls it in an effect; the others end
     * together with the seat.
     */
    follow(follower: Follower): () => void {
      followers.add(follower);
      return () => void followers.delete(follower);
    },
    take(snapshot: Snapshot, isAudioOnly = enteredAudioOnly.peek()): void {
      const before = selfId.peek();
      enteredAudioOnly.value = isAudioOnly;
      const { id } = snapshot.client;
      selfId.value = id;
      ownIds.value = new Set([...ownIds.peek(), id]);
      for (const { taken } of followers) taken?.(snapshot, before);
    },
    /** Also ends an entry that is under way: its `here()` is false then. */
    leave(reason: LeftReason): void {
      participation++;
      const before = selfId.peek();
      if (before === null) return;
      selfId.value = null;
      ownIds.value = new Set();
      enteredAudioOnly.value = false;
      for (const { left } of followers) left?.(reason, before);
    },
  };
});

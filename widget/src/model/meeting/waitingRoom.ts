import type { WaitingPerson, WaitingRoom } from '@meetframe/contract';
import { createModel, effect, signal, untracked } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';

/** The waiting room for its moderator: the people who wait, and the actions on them. */
export const WaitingRoomModel = createModel(
  (deps: { client: Pick<Client, 'call' | 'on'>; seat: SeatModel; roster: RosterModel }) => {
    const { client, seat, roster } = deps;
    const isOn = signal(false);
    const people = signal<readonly WaitingPerson[]>([]);
    const knocks = new Set<() => void>();
    /** Ids of those whose knock was heard. */
    let heard: ReadonlySet<number> = new Set();
    const knock = (): void => {
      if (knocks.size === 0) return;
      const before = heard;
      heard = new Set(people.peek().map(({ id }) => id));
      if ([...heard].some((id) => !before.has(id))) for (const listener of knocks) listener();
    };
    const take = (now: Omit<WaitingRoom, 'roomId'>): void => {
      isOn.value = now.isOn;
      people.value = now.waiting;
      knock();
    };
    effect(() =>
      client.on('meeting.onWaitingRoom', (now) => {
        if (roster.room.peek()?.id === now.roomId) take(now);
      }),
    );
    const ask = (): void => {
      const here = seat.here();
      client.call('meeting.getWaitingRoom', {}).then(
        (now) => here() && take(now),
        () => {},
      );
    };
    // The server sends the list when it changes; after becoming the moderator, or in a new session, ask for it.
    effect(() => {
      const moderates = roster.moderates.value;
      untracked(() => (moderates ? ask() : take({ isOn: false, waiting: [] })));
    });
    effect(() =>
      seat.follow({
        taken() {
          if (roster.moderates.peek()) ask();
        },
      }),
    );
    return {
      isOn,
      /** The longest first. */
      people,
      /**
       * Calls the listener when another person has come to wait; at once, where one waits who came while nothing listened. Returns
       * a function that removes it.
       */
      onKnock(listener: () => void): () => void {
        knocks.add(listener);
        knock();
        return () => void knocks.delete(listener);
      },
      async setOn(isOn: boolean): Promise<void> {
        await client.call('meeting.setWaitingRoom', { isOn });
      },
      /** Admits one person or, without an id, all. */
      async admit(waitingId?: number): Promise<void> {
        await client.call('meeting.admit', waitingId === undefined ? {} : { waitingId });
      },
      async decline(waitingId: number): Promise<void> {
        await client.call('meeting.decline', { waitingId });
      },
    };
  },
);
export type WaitingRoomOf = InstanceType<typeof WaitingRoomModel>;

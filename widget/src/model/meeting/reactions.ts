import type { Reaction } from '@meetframe/contract';
import { createModel, effect, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';

export type ShownReaction = { key: number; reaction: Reaction; count: number; userId: number; name: string };

/** How long a reaction is shown, in milliseconds, and how many at a time. */
const shownFor = 4000;
const mostShown = 12;

/** What is shown to all without speaking: the reactions of the last seconds, and the user's own hand. */
export const Reactions = createModel(
  (deps: { client: Pick<Client, 'call' | 'on'>; seat: SeatModel; roster: RosterModel }) => {
    const { client, seat, roster } = deps;
    const shown = signal<readonly ShownReaction[]>([]);
    let keys = 0;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const clear = (): void => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      shown.value = [];
    };
    effect(() =>
      client.on('meeting.onReaction', ({ roomId, reactions }) => {
        if (roster.room.peek()?.id !== roomId) return;
        const fresh = reactions.slice(0, mostShown).map((each): ShownReaction => {
          const name = roster.participants.peek().get(each.userId)?.client.name ?? '';
          return { ...each, key: ++keys, name };
        });
        const last = keys;
        shown.value = [...shown.peek(), ...fresh].slice(-mostShown);
        const timer = setTimeout(() => {
          timers.delete(timer);
          shown.value = shown.peek().filter(({ key }) => key > last);
        }, shownFor);
        timers.add(timer);
      }),
    );
    effect(() => clear);
    effect(() => seat.follow({ left: clear }));
    return {
      shown,
      /** One reaction too many is not shown, and is no error for the user. */
      send: (reaction: Reaction): void => void client.call('meeting.react', { reaction }).catch(() => {}),
      /** Raises or lowers the user's own hand. A refusal changes nothing: the button shows the hand that the others see. */
      raiseHand: (raised: boolean): void => void client.call('meeting.raiseHand', { raised }).catch(() => {}),
    };
  },
);

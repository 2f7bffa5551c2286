import type { Emit } from '@meetframe/contract/api';
import type { Reaction } from '@meetframe/contract/meeting/reactions';
import type { Participant } from './participant.ts';

type Told = { readonly room: { readonly id: number }; readonly tell: Emit };

/** How long reactions are collected, in ms. */
const gap = 250;

/** Collects the reactions of a meeting, so that a crowd that applauds costs four messages a second and not hundreds. */
export class Reactions {
  readonly #meeting: Told;
  #counts = new Map<number, Map<Reaction, number>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(meeting: Told) {
    this.#meeting = meeting;
  }

  add({ id }: Participant, reaction: Reaction): void {
    const counts = this.#counts.get(id) ?? new Map<Reaction, number>();
    counts.set(reaction, (counts.get(reaction) ?? 0) + 1);
    this.#counts.set(id, counts);
    this.#timer ??= setTimeout(() => this.#flush(), gap);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #flush(): void {
    this.#timer = undefined;
    const reactions = [...this.#counts].flatMap(([userId, counts]) =>
      [...counts].map(([reaction, count]) => ({ userId, reaction, count })),
    );
    this.#counts = new Map();
    this.#meeting.tell('meeting.onReaction', { roomId: this.#meeting.room.id, reactions });
  }
}

import type { Client as ClientBean } from '@meetframe/contract';
import { computed, createModel, signal } from '@preact/signals';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';
import type { SpeakersModel } from './speakers.ts';

const none: ReadonlyMap<string, number> = new Map();

/** A simulcast layer that the page asks for: 0 small, 1 middle, 2 large. */
export type Layer = 0 | 1 | 2;
export type TilesModel = InstanceType<typeof Tiles>;

/** Which participants' videos the page wants to be shown, and under which names. */
export const Tiles = createModel((deps: { seat: SeatModel; roster: RosterModel; speakers: SpeakersModel }) => {
  const { seat, roster, speakers } = deps;
  /** False: videos of others appear only when the page plays them. */
  const autoPlay = signal(true);
  /** Tiles with a name that the page gave: domId → `Client.id`. */
  const named = signal(none);
  /** Participants whose video the page has closed. */
  const closed = signal<ReadonlySet<number>>(new Set());
  /** Name of the last speaker's tile, where the page gave one. */
  const lastSpeakerTag = signal<string | undefined>(undefined);
  /** False: the page has turned the last speaker's tile off, and nothing follows the active speaker. */
  const followsSpeaker = signal(true);
  /** The layers that the page wants of cameras, by `Client.id`; the others are as large as their tiles need. */
  const layers = signal<ReadonlyMap<number, Layer>>(new Map());
  /** Participants whose video gave way to a newer one (3.42). */
  const replaced = signal<ReadonlySet<number>>(new Set());
  /**
   * `Client.id` of the participant in the last speaker's tile: the last speaker among the others, before that the first
   * of them; `undefined` while that tile is off.
   */
  const lastSpeaker = computed(() => {
    if (!followsSpeaker.value) return undefined;
    const ids = roster.others.value.map(({ client }) => client.id).filter((id) => !closed.value.has(id));
    return ids.find((id) => id === speakers.lastOther.value) ?? ids[0];
  });
  /** The others whose video may be shown. */
  const shown = computed<ReadonlySet<number>>(() => {
    const byName = new Set<number | undefined>(named.value.values());
    if (lastSpeakerTag.value !== undefined) byName.add(lastSpeaker.value);
    const ids = roster.others.value.map(({ client }) => client.id).filter((id) => !closed.value.has(id));
    return new Set(autoPlay.value ? ids : ids.filter((id) => byName.has(id)));
  });

  seat.follow({
    taken({ client: { id: selfId } }, before) {
      // The user's own tile keeps its name under a new id.
      if (before !== null && before !== selfId)
        named.value = new Map([...named.peek()].map(([domId, id]) => [domId, id === before ? selfId : id] as const));
    },
    left() {
      named.value = none;
      closed.value = new Set();
      lastSpeakerTag.value = undefined;
      followsSpeaker.value = true;
    },
  });

  return {
    autoPlay,
    named,
    closed,
    lastSpeakerTag,
    lastSpeaker,
    shown,
    followsSpeaker,
    layers,
    replaced,
    name(domId: string, clientId: number): void {
      named.value = new Map(named.peek()).set(domId, clientId);
    },
    async play(clientId: number, domId: string): Promise<{ client: ClientBean }> {
      const { client } = roster.find(clientId);
      named.value = new Map(named.peek()).set(domId, clientId);
      // A participant who is played in the last speaker's tile stays in it.
      if (lastSpeakerTag.peek() === domId) lastSpeakerTag.value = undefined;
      closed.value = new Set([...closed.peek()].filter((id) => id !== clientId));
      return { client };
    },
    async closePlay(clientId: number): Promise<{ client: ClientBean }> {
      const { client } = roster.find(clientId);
      named.value = new Map([...named.peek()].filter(([, id]) => id !== clientId));
      closed.value = new Set(closed.peek()).add(clientId);
      return { client };
    },
  };
});

import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import { sizeClass } from '../roster.ts';
import type { Tile } from '../types.ts';
import type { MeetingState } from './state.ts';

/** Changes that come together become one message. */
const gatherTime = 100;
/** More tiles than the server takes in one message. */
const mostTiles = 100;

/** What the stage shows → what the server sends. One idempotent message, sent when it differs from the last one. */
export const createWishes = (deps: {
  client: Client;
  state: MeetingState;
  autoPlay: () => boolean;
  /** False while nobody can look: then no picture is received, and sound goes on. */
  isWatched: ReadonlySignal<boolean>;
}) => {
  const { client, state } = deps;
  let tiles: Tile[] = [];
  let pinned: number | null = null;
  let last = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const wantedTiles = (): Tile[] => {
    if (!deps.isWatched.peek()) return [];
    const own = state.selfId.peek();
    const here = state.roster.peek();
    const closed = state.closed.peek();
    const byName = new Set<number | undefined>(state.named.peek().values());
    if (state.voiceTag.peek() !== undefined) byName.add(state.voice.peek());
    const wanted = new Map<string, Tile>();
    for (const { clientId, source, maxSide } of tiles) {
      if (clientId === own || !here.has(clientId) || closed.has(clientId)) continue;
      if (!deps.autoPlay() && !byName.has(clientId)) continue;
      const key = `${clientId}:${source}`;
      const side = sizeClass(maxSide);
      if ((wanted.get(key)?.maxSide ?? -1) < side) wanted.set(key, { clientId, source, maxSide: side });
    }
    return [...wanted.values()].filter(({ maxSide }) => maxSide > 0).slice(0, mostTiles);
  };

  const ask = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!state.isIn()) return;
    const input = {
      tiles: wantedTiles(),
      pinned: pinned !== null && state.roster.peek().has(pinned) ? pinned : null,
    };
    const text = JSON.stringify(input);
    if (text === last) return;
    last = text;
    client.call('media.setReceive', input).catch(() => {
      if (last === text) last = '';
    });
  };
  const askSoon = (): void => {
    timer ??= setTimeout(ask, gatherTime);
  };

  const stops = [
    effect(() => {
      state.roster.value;
      state.named.value;
      state.closed.value;
      state.voiceTag.value;
      state.voice.value;
      untracked(askSoon);
    }),
    // Whoever looks again waits for pictures: at once.
    effect(() => {
      deps.isWatched.value;
      untracked(ask);
    }),
  ];

  return {
    show(next: Tile[], nextPinned: number | null): void {
      tiles = next;
      pinned = nextPinned;
      askSoon();
    },
    /** The server may have forgotten what it was asked: ask again, the same too. */
    again(): void {
      last = '';
      askSoon();
    },
    forget(): void {
      clearTimeout(timer);
      timer = undefined;
      tiles = [];
      pinned = null;
      last = '';
    },
    dispose(): void {
      for (const stop of stops) stop();
      clearTimeout(timer);
    },
  };
};

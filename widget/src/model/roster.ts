import type { Participant } from '@meetframe/contract';

export type RosterChange = { joined: Participant[]; changed: Participant[]; left: number[] };

/** A snapshot as a map in order of arrival. */
export const rosterOf = (participants: readonly Participant[]): Map<number, Participant> =>
  new Map(participants.map((participant) => [participant.client.id, participant]));

/** What the roster is after a change: a new map, in order of arrival. */
export const applyRoster = (
  roster: ReadonlyMap<number, Participant>,
  change: RosterChange,
): Map<number, Participant> => {
  const next = new Map(roster);
  for (const id of change.left) next.delete(id);
  for (const participant of change.joined) next.set(participant.client.id, participant);
  // News of somebody who left meanwhile must not bring them back.
  for (const participant of change.changed)
    if (next.has(participant.client.id)) next.set(participant.client.id, participant);
  return next;
};

/** Size classes of the layers: a tile that grows by a few pixels asks for nothing new. */
export const sizeClass = (maxSide: number): number => {
  if (maxSide <= 0) return 0;
  return [320, 640, 1280].find((side) => maxSide <= side) ?? 1920;
};

/** Adds lines that are not there yet, by id, in order of time. */
export const mergeChat = <T extends { id: number; time: number }>(chat: readonly T[], more: readonly T[]): T[] => {
  const known = new Set(chat.map(({ id }) => id));
  const fresh = more.filter(({ id }) => !known.has(id));
  return fresh.length === 0 ? (chat as T[]) : [...chat, ...fresh].sort((a, b) => a.time - b.time || a.id - b.id);
};

/** Decibels below full scale, as the server measures them, as 0 to 1: whispering to shouting. */
export const loudness = (decibels: number): number => Math.min(1, Math.max(0, (decibels + 70) / 60));

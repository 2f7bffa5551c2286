import {
  type Author,
  type Client,
  type meetingEvents,
  type Participant,
  type Payload,
  type Snapshot,
  usual,
} from '@meetframe/contract';

type RosterChange = Pick<Payload<(typeof meetingEvents)['meeting.roster']>, 'joined' | 'changed' | 'left'>;

/** Everybody in a snapshot, oneself last, each with what it leaves out because it is usual. */
export const rosterOf = ({ client, members, more }: Pick<Snapshot, 'client' | 'members' | 'more'>) => {
  const known = new Map(more.map(({ id, ...facts }) => [id, facts]));
  return new Map(
    [...members, client].map((one): [number, Participant] => [
      one.id,
      { ...usual.facts, ...known.get(one.id), client: one },
    ]),
  );
};

/** The client of section 8.4 that wrote a line: of somebody who has left only name, avatar and ids are known. */
export const clientOf = (author: Author, roster: ReadonlyMap<number, Participant>): Client => {
  const { id, name, pictureurl } = author;
  const gone = { ...usual.client, id, name, pictureurl, mode: '', streamId: id, broadCastId: id };
  return roster.get(id)?.client ?? gone;
};

/** What the roster is after a change: a new map, in order of arrival. */
export const applyRoster = (
  roster: ReadonlyMap<number, Participant>,
  change: RosterChange,
): Map<number, Participant> => {
  const next = new Map(roster);
  for (const id of change.left) next.delete(id);
  for (const { client, ...facts } of change.joined)
    next.set(client.id, { ...usual.facts, ...facts, client: { ...usual.client, ...client } });
  for (const { client, ...facts } of change.changed) {
    const before = next.get(client.id);
    // News of somebody who left meanwhile must not bring them back.
    if (before) next.set(client.id, { ...before, ...facts, client: { ...before.client, ...client } });
  }
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

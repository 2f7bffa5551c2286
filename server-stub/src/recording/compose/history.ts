import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordLayout } from '@meetframe/contract/meeting/record';
import { type JournalLine, journalFile, type Track } from '../journal.ts';

/** A track and when it could be received: from its first packet to its end, without the pauses. Times in ms since 1970. */
export type TrackHistory = { track: Track; from: number; to: number; pauses: [from: number, to: number][] };
export type History = {
  name: string;
  layout: RecordLayout;
  startedAt: number;
  /** Undefined when the capture ended by itself. */
  stoppedAt: number | undefined;
  tracks: TrackHistory[];
  names: Map<number, string>;
};

/** What the journal of a recording says. A torn last line, as a crash leaves, is left out. */
export const readHistory = async (folder: string): Promise<History> => {
  const lines = (await readFile(join(folder, journalFile), 'utf8').catch(() => '')).split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as JournalLine];
    } catch {
      return [];
    }
  });
  const history: History = {
    name: '',
    layout: 'speaker',
    startedAt: Number.NaN,
    stoppedAt: undefined,
    tracks: [],
    names: new Map(),
  };
  const open = new Map<number, TrackHistory>();
  const close = (one: TrackHistory, at: number): void => {
    one.to = at;
    const pause = one.pauses.at(-1);
    if (pause && pause[1] > at) pause[1] = at;
    open.delete(one.track.track);
  };
  for (const line of lines) {
    if (line.type === 'start') {
      // A process that captures after one that crashed: the streams of that one ended with it.
      for (const one of [...open.values()]) close(one, line.at);
      history.name = line.name;
      history.layout = line.layout ?? 'speaker';
      if (Number.isNaN(history.startedAt)) history.startedAt = line.at;
    } else if (line.type === 'track') {
      const { at, type: _, ...track } = line;
      const one: TrackHistory = { track, from: at, to: Number.POSITIVE_INFINITY, pauses: [] };
      open.set(track.track, one);
      history.tracks.push(one);
    } else if (line.type === 'person') history.names.set(line.clientId, line.name);
    else if (line.type === 'stop') history.stoppedAt = line.at;
    else {
      const one = open.get(line.track);
      if (!one) continue;
      const pause = one.pauses.at(-1);
      if (line.type === 'closed') close(one, line.at);
      else if (line.type === 'paused') one.pauses.push([line.at, Number.POSITIVE_INFINITY]);
      else if (pause) pause[1] = line.at;
    }
  }
  return history;
};

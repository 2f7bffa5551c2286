import type { RecordLayout } from '@meetframe/contract/meeting/record';
import type { Source } from '@meetframe/contract/sfu';

/** A stream that is captured into a file of its own. */
export type Track = {
  track: number;
  clientId: number;
  source: Source;
  mimeType: string;
  payloadType: number;
  clockRate: number;
  ssrc: number;
  /** UDP port from which it comes, and to which feedback goes. */
  from: number;
  /** Ids of the header extensions for the audio level (RFC 6464) and the rotation of the video. */
  levelId?: number | undefined;
  rotationId?: number | undefined;
};

/**
 * Lines of `journal.jsonl`, in the order in which they happened. `at`: ms since 1970 by this machine's clock, like the sender reports
 * of the router.
 */
export type JournalLine = { at: number } & (
  | { type: 'start'; recordId: number; name: string; startedBy: string; layout?: RecordLayout }
  | ({ type: 'track' } & Track)
  | { type: 'closed' | 'paused' | 'resumed'; track: number }
  | { type: 'person'; clientId: number; name: string }
  | { type: 'stop'; reason: string }
);

type Bare<Line> = Line extends unknown ? Omit<Line, 'at'> : never;
export type JournalEntry = Bare<JournalLine>;

export const journalFile = 'journal.jsonl';
export const dumpFile = (track: number): string => `track-${track}.rtpdump`;

/** What the server tells the process that captures, and what that answers. */
export type Command = { entries: JournalEntry[] };
export type Report = { ready: number } | { failed: string; isFull: boolean };

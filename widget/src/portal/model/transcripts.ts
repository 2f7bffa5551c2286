import type { Input, Output, platform, TranscriptFile, TranscriptFormat } from '@meetframe/contract';
import { createModel } from '@preact/signals';
import type { Client } from '../../platform/client.ts';

type Platform = typeof platform;
/** A transcript by itself, or the one of a recording. */
export type Which = { sessid: string } | { recordId: number };
type Found = Output<Platform['record.queryTranscripts']>;

/** Transcripts that the user may read. What shows them keeps their lists, and is loaded when it is opened. */
export const Transcripts = createModel((client: Client) => ({
  /** A page of them, latest first. */
  query: (page: Input<Platform['record.queryTranscripts']>): Promise<Found> =>
    client.call('record.queryTranscripts', page),
  /** A page of the sentences of one: those after the given moment. */
  read: (input: Which & { after?: string }): Promise<Output<Platform['record.readTranscript']>> =>
    client.call('record.readTranscript', input),
  file: (which: Which, format: TranscriptFormat): Promise<TranscriptFile> =>
    client.call('record.downloadTranscript', { ...which, format }),
  /** False when it was already deleted, or is still being written. */
  async remove(sessid: string): Promise<boolean> {
    return (await client.call('record.deleteTranscripts', { sessids: [sessid] })).result === 0;
  },
}));

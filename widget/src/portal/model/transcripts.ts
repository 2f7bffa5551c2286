import type { TranscriptFile, TranscriptFormat, TranscriptLine, TranscriptSummary } from '@meetframe/contract';
import { batch, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import { createLatestRequest } from './latestRequest.ts';
import { createGrowingList } from './list.ts';

export type StoredTranscript = TranscriptSummary & { id: string };
/** A transcript by itself, or the one of a recording. */
export type Which = { sessid: string } | { recordId: number };

/** Transcripts that the user may read, latest first. */
export const createTranscripts = (client: Client) => {
  let name = '';
  const isSearch = signal(false);
  const list = createGrowingList<StoredTranscript>(async ({ pageNo, pageSize }) => {
    const wanted = { pageNo, pageSize, ...(name && { name }) };
    const { transcripts, totalCount } = await client.call('record.queryTranscripts', wanted);
    const items = transcripts.map((each) => ({ ...each, id: each.sessid }));
    return { items, hasMore: (pageNo + 1) * pageSize < totalCount };
  }, 20);
  return {
    list,
    isSearch,
    search(text: string): Promise<void> {
      name = text.trim();
      isSearch.value = name !== '';
      return list.restart();
    },
    file: (which: Which, format: TranscriptFormat): Promise<TranscriptFile> =>
      client.call('record.downloadTranscript', { ...which, format }),
    /** False when it was already deleted, or is still being written. */
    async remove(sessid: string): Promise<boolean> {
      const { result } = await client.call('record.deleteTranscripts', { sessids: [sessid] });
      if (result === 0) list.remove(sessid);
      else await list.reload();
      return result === 0;
    },
  };
};

/** The sentences of a transcript, page by page. */
export const createTranscriptText = (client: Client, which: Which) => {
  const lines = signal<readonly TranscriptLine[] | undefined>(undefined);
  const hasMore = signal(false);
  const { request, busy, problem } = createLatestRequest();
  return {
    lines,
    hasMore,
    busy,
    problem,
    more(): Promise<void> {
      const last = lines.peek()?.at(-1);
      return request(
        () => client.call('record.readTranscript', { ...which, ...(last && { after: last.bg }) }),
        (found) =>
          batch(() => {
            lines.value = [...(lines.peek() ?? []), ...found.lines];
            hasMore.value = found.more;
          }),
      );
    },
  };
};

import type { TranscriptLine, TranscriptSummary } from '@meetframe/contract';
import { batch, createModel, signal } from '@preact/signals';
import { createLatestRequest } from '../model/latestRequest.ts';
import { createGrowingList } from '../model/list.ts';
import type { PortalModel } from '../model/portal.ts';
import type { Which } from '../model/transcripts.ts';

export type StoredTranscript = TranscriptSummary & { id: string };
type Parts = Pick<PortalModel, 'transcripts'>;

/** Transcripts that the user may read, latest first. */
export const TranscriptsView = createModel(({ transcripts }: Parts) => {
  let name = '';
  const isSearch = signal(false);
  const list = createGrowingList<StoredTranscript>(async ({ pageNo, pageSize }) => {
    const found = await transcripts.query({ pageNo, pageSize, ...(name && { name }) });
    const items = found.transcripts.map((each) => ({ ...each, id: each.sessid }));
    return { items, hasMore: (pageNo + 1) * pageSize < found.totalCount };
  }, 20);
  return {
    list,
    isSearch,
    search(text: string): Promise<void> {
      name = text.trim();
      isSearch.value = name !== '';
      return list.restart();
    },
    file: transcripts.file,
    /** False when it was already deleted, or is still being written. */
    async remove(sessid: string): Promise<boolean> {
      const isRemoved = await transcripts.remove(sessid);
      if (isRemoved) list.remove(sessid);
      else await list.reload();
      return isRemoved;
    },
  };
});

/** The sentences of a transcript, page by page. */
export const TranscriptTextView = createModel(({ transcripts }: Parts, which: Which) => {
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
        () => transcripts.read({ ...which, ...(last && { after: last.bg }) }),
        (found) =>
          batch(() => {
            lines.value = [...(lines.peek() ?? []), ...found.lines];
            hasMore.value = found.more;
          }),
      );
    },
  };
});

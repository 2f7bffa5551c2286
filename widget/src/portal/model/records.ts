import type { RecordFormat, TranscriptFile } from '@meetframe/contract';
import { createModel, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import { createGrowingList } from './list.ts';

/** Recordings that the user may see, latest first (2.31, 2.32). */
export const Records = createModel((client: Client) => {
  const name = signal('');
  const list = createGrowingList(async ({ pageNo, pageSize }) => {
    const wanted = name.peek().trim();
    const { recordList, totalCount } = await client.call('record.getRecordByRange', {
      pageNo,
      pageSize,
      ...(wanted && { name: wanted }),
    });
    return { items: recordList, hasMore: (pageNo + 1) * pageSize < totalCount };
  }, 20);
  return {
    list,
    /** Part of the name that is searched for. */
    name,
    search(text: string): Promise<void> {
      name.value = text;
      return list.restart();
    },
    /** Has a recording made in another format. */
    async make(recordId: number, format: RecordFormat): Promise<void> {
      await client.call('record.makeRecordFile', { recordId, format });
      await list.reload();
    },
    transcript: (recordId: number): Promise<TranscriptFile> =>
      client.call('record.downloadTranscript', { recordId, format: 'txt' }),
    /** False when it was already deleted, or is still being recorded. */
    async remove(id: number): Promise<boolean> {
      const { result } = await client.call('record.deleteRecords', { recordIds: [id] });
      if (result === 0) list.remove(id);
      else await list.reload();
      return result === 0;
    },
    reset(): void {
      list.reset();
      name.value = '';
    },
  };
});

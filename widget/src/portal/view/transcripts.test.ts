import { expect, test } from 'vitest';
import { fakeClient } from '../../model/testing.ts';
import { Transcripts } from '../model/transcripts.ts';
import { TranscriptsView, TranscriptTextView } from './transcripts.ts';

test('transcripts are listed, read page by page, and deleted', async () => {
  const { client, ...server } = fakeClient();
  const portal = { transcripts: new Transcripts(client) };
  const view = new TranscriptsView(portal);
  server.answer('record.queryTranscripts', () => ({ transcripts: [{ sessid: 'x' }, { sessid: 'y' }], totalCount: 2 }));
  await view.search(' Weekly ');
  expect(server.named('record.queryTranscripts')).toEqual([{ pageNo: 0, pageSize: 20, name: 'Weekly' }]);
  expect([view.isSearch.value, view.list.hasMore.value]).toEqual([true, false]);
  server.answer('record.deleteTranscripts', () => ({ result: 0 }));
  expect(await view.remove('x')).toBe(true);
  expect(view.list.items.value?.map(({ id }) => id)).toEqual(['y']);
  server.answer('record.deleteTranscripts', () => ({ result: 1 }));
  expect(await view.remove('y')).toBe(false);
  expect(server.named('record.queryTranscripts')).toHaveLength(2);

  const text = new TranscriptTextView(portal, { sessid: 'y' });
  server.answer('record.readTranscript', () => ({ lines: [{ bg: '5' }], more: true }));
  await text.more();
  await text.more();
  expect(server.named('record.readTranscript')).toEqual([{ sessid: 'y' }, { sessid: 'y', after: '5' }]);
  expect([text.lines.value?.length, text.hasMore.value]).toEqual([2, true]);
});
